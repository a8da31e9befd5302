package dev.eddy.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.model.ModelDevice;
import dev.eddy.model.Tensors;
import dev.eddy.model.TrainingDivergedException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class WassersteinGanTest {
  private static final GeneratorSettings SHORT = new GeneratorSettings(20, 16);

  private static TokenRows rows() {
    List<SyntheticRow> hot =
        RealRows.byClass(RealRows.of(ToyStream.samples("hot", 100, 1)))
            .getOrDefault("hot", List.of());
    double[] weights = hot.stream().mapToDouble(row -> 1).toArray();
    TokenEncoder encoder = TokenEncoder.fit(ToyStream.DEFINITION, hot, weights);
    return TokenRows.of(encoder, List.of("hot"), List.of(hot));
  }

  private static Tensors train(TokenRows rows, CopulaPrior prior, long seed) {
    return new WassersteinGan(rows, SHORT, seed).train(prior, ModelDevice.CPU);
  }

  @Test
  void givesTheSameWeightsForTheSameSeedOnly() {
    TokenRows rows = rows();
    CopulaPrior prior = CopulaPrior.fit(rows, rows.shares());

    Tensors weights = train(rows, prior, 3);

    assertThat(train(rows, prior, 3)).isEqualTo(weights);
    assertThat(train(rows, prior, 4)).isNotEqualTo(weights);
  }

  @Test
  void raisesWhenTheLossIsNoNumber() {
    TokenRows rows = rows();
    CopulaPrior broken = CopulaPrior.fit(rows, rows.shares());
    Arrays.fill(broken.factors(), Float.NaN);
    Arrays.fill(broken.slopes(), Float.NaN);

    assertThatThrownBy(() -> train(rows, broken, 3))
        .isInstanceOf(TrainingDivergedException.class)
        .hasMessageContaining("generator");
  }
}
