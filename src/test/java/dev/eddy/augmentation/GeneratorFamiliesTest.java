package dev.eddy.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.EngineException;
import dev.eddy.augmentation.GateReport.Recipe;
import dev.eddy.definition.StreamDefinition.GanObjective;
import dev.eddy.definition.StreamDefinition.Generation;
import dev.eddy.definition.StreamDefinition.GeneratorFamily;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.Tensors;
import dev.eddy.model.TrainingDivergedException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class GeneratorFamiliesTest {
  private static final List<SyntheticRow> TRAINING = RealRows.of(ToyStream.both(800, 1));
  private static final List<SyntheticRow> HELD_OUT = RealRows.of(ToyStream.both(200, 2));

  private static GeneratorSettings settings(GeneratorFamily family, double effort) {
    return new GeneratorSettings(
        new Generation(family, Duration.ofMinutes(1), GanObjective.WASSERSTEIN, 0, 0), effort, 32);
  }

  private static GeneratorModel train(GeneratorSettings settings) {
    return new GeneratorTrainer(settings)
        .trainOn(ToyStream.DEFINITION, TRAINING, HELD_OUT, 7, ModelDevice.CPU);
  }

  private static TokenRows rows() {
    List<SyntheticRow> hot = RealRows.of(ToyStream.samples("hot", 100, 1));
    double[] weights = hot.stream().mapToDouble(row -> 1).toArray();
    TokenEncoder encoder = TokenEncoder.fit(ToyStream.DEFINITION, hot, weights);
    return TokenRows.of(encoder, List.of("hot"), List.of(hot));
  }

  private static Tensors trainGan(CopulaPrior prior, GanObjective objective, int codes, long seed) {
    return GanGenerator.train(
            rows(),
            prior,
            objective,
            codes,
            16,
            20,
            seed,
            ModelDevice.CPU,
            new GuardedTraining("gan", GeneratorListener.NONE))
        .tensors();
  }

  private static List<String> texts(List<SyntheticRow> rows) {
    return rows.stream()
        .map(row -> Arrays.toString(row.numbers()) + Arrays.toString(row.categories()))
        .toList();
  }

  @ParameterizedTest
  @EnumSource(value = GeneratorFamily.class, mode = Mode.EXCLUDE, names = "AUTO")
  void eachFamilyPassesTheGateAndKeepsItsRowsThroughItsFiles(GeneratorFamily family) {
    GeneratorModel model = train(settings(family, 1));
    GeneratorModel read = GeneratorModel.fromParts(ToyStream.DEFINITION, model.parts());

    assertThat(model.gate().recipe().name()).isEqualTo(family.name());
    assertThat(model.gate().refusals()).isEmpty();
    assertThat(model.gate().incidents()).isEmpty();
    try (Generator generator = model.open(ModelDevice.CPU);
        Generator again = read.open(ModelDevice.CPU)) {
      List<String> many = texts(generator.generate("hot", 600, 3));
      assertThat(texts(again.generate("hot", 600, 3))).isEqualTo(many);
      assertThat(texts(generator.generate("hot", 10, 3)))
          .as("does not depend on how many rows follow")
          .isEqualTo(many.subList(0, 10));
      assertThat(texts(generator.generate("hot", 600, 4))).isNotEqualTo(many);
    }
  }

  @Test
  void givesTheSameGanForTheSameSeedOnly() {
    TokenRows rows = rows();
    CopulaPrior prior = CopulaPrior.fit(rows, rows.shares());

    Tensors weights = trainGan(prior, GanObjective.WASSERSTEIN, 0, 3);

    assertThat(trainGan(prior, GanObjective.WASSERSTEIN, 0, 3)).isEqualTo(weights);
    assertThat(trainGan(prior, GanObjective.WASSERSTEIN, 0, 4)).isNotEqualTo(weights);
    assertThat(trainGan(prior, GanObjective.HINGE, 4, 3).names()).contains("code.0.weight");
  }

  @Test
  void tellsAFailureOfTheEngineFromAFailureOfTheFamily() {
    GeneratorListener failing =
        new GeneratorListener() {
          @Override
          public void trained(String family, int step, int steps, double loss) {
            throw new EngineException("out of memory");
          }

          @Override
          public void measuring(String family) {}
        };
    DraftTrainer drafts =
        new DraftTrainer(settings(GeneratorFamily.VAE, 0.1), rows(), ModelDevice.CPU, failing);

    assertThat(drafts.train(Recipe.VAE, 3)).isNull();
    assertThat(drafts.incidents())
        .containsExactly("VAE failed: the tensor engine failed on the CPU");
  }

  @Test
  void raisesWhenNoAnswerHelpsAgainstALossThatIsNoNumber() {
    TokenRows rows = rows();
    CopulaPrior broken = CopulaPrior.fit(rows, rows.shares());
    Arrays.fill(broken.factors(), Float.NaN);
    Arrays.fill(broken.slopes(), Float.NaN);

    assertThatThrownBy(() -> trainGan(broken, GanObjective.WASSERSTEIN, 0, 3))
        .isInstanceOf(TrainingDivergedException.class);
  }

  @Test
  void goesFromOneRecordToAnotherThroughTheLatentSpace() {
    GeneratorModel model = train(settings(GeneratorFamily.VAE, 1));
    SyntheticRow cold = TRAINING.get(TRAINING.size() - 1);
    SyntheticRow hot = TRAINING.get(0);

    try (Generator generator = model.open(ModelDevice.CPU)) {
      List<SyntheticRow> between = generator.between(cold, hot, 9, 1);

      assertThat(between).hasSize(9);
      assertThat(between.get(0).labelClass()).isEqualTo("cold");
      assertThat(between.get(8).labelClass()).isEqualTo("hot");
      assertThat(between.get(0).numbers()[0]).isBetween(0.0, 40.0);
      assertThat(between.get(8).numbers()[0]).isBetween(60.0, 100.0);
      List<SyntheticRow> longWay = generator.between(hot, TRAINING.get(1), 200, 1);
      assertThat(model.check(longWay, false)).isEmpty();
      assertThat(model.check(longWay, true)) // draws of the class are less alike
          .singleElement()
          .asString()
          .startsWith("mean distance from the class's column shapes");
    }
  }

  @Test
  void saysThatOtherFamiliesHaveNoLatentSpace() {
    GeneratorModel model = train(settings(GeneratorFamily.COPULA, 1));

    try (Generator generator = model.open(ModelDevice.CPU)) {
      assertThatThrownBy(() -> generator.between(TRAINING.get(0), TRAINING.get(1), 3, 1))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("family vae");
    }
  }
}
