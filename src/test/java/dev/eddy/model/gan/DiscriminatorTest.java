package dev.eddy.model.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.feature.FeatureMatrix;
import dev.eddy.model.DeviceListener;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.Tensors;
import dev.eddy.model.ToyClusters;
import dev.eddy.model.TrainingDivergedException;
import dev.eddy.model.TrainingTask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DiscriminatorTest {
  private static final int NORMAL = 300;
  private static final FeatureMatrix TRAINING = ToyClusters.rows(600, 30, 1);
  private static final FeatureMatrix TEST = ToyClusters.rows(NORMAL, 60, 2);

  @Test
  void findsRowsBetweenTheClustersThoughSomeWereInItsTraining() {
    Tensors tensors =
        train(Discriminator.Rows.real(TRAINING), DiscriminatorSettings.ROWS.withSteps(200), 7);

    assertThat(ToyClusters.auroc(logits(tensors, TEST), NORMAL)).isGreaterThan(0.95);
  }

  @Test
  void findsLittleWithoutTraining() {
    Tensors tensors =
        train(Discriminator.Rows.real(TRAINING), DiscriminatorSettings.ROWS.withSteps(2), 7);

    assertThat(ToyClusters.auroc(logits(tensors, TEST), NORMAL)).isLessThan(0.85);
  }

  @Test
  void learnsAKindOfAnomalyFromAFewLabels() {
    // Anomalies that lie inside a cluster but for one feature, which noise alone does not show.
    FeatureMatrix subtle = subtle(20, 3);
    FeatureMatrix test = ToyClusters.rows(NORMAL, 0, 4);
    subtle(60, 5).select(IntStream.range(0, 60).toArray());
    for (int row = 0; row < 60; row++) {
      test.append(subtle(60, 5).row(row));
    }
    DiscriminatorSettings plain = DiscriminatorSettings.LABELLED_PLAIN.withSteps(150);

    Tensors knowing = train(Discriminator.Rows.labelled(TRAINING, subtle), plain, 7);
    Tensors unknowing =
        train(Discriminator.Rows.real(TRAINING), DiscriminatorSettings.ROWS.withSteps(150), 7);

    assertThat(ToyClusters.auroc(logits(knowing, test), NORMAL)).isGreaterThan(0.95);
    assertThat(ToyClusters.auroc(logits(unknowing, test), NORMAL)).isLessThan(0.9);
  }

  @Test
  void learnsFromGeneratedRows() {
    FeatureMatrix generated = subtle(200, 6);
    DiscriminatorSettings settings = DiscriminatorSettings.ROWS.withSteps(150);

    double[] without = logits(train(Discriminator.Rows.real(TRAINING), settings, 7), generated);
    double[] with =
        logits(train(Discriminator.Rows.generated(TRAINING, generated), settings, 7), generated);

    assertThat(mean(with)).isGreaterThan(mean(without) + 0.5);
  }

  @Test
  void givesTheSameTensorsForTheSameSeed() {
    DiscriminatorSettings few = DiscriminatorSettings.LABELLED.withSteps(20);
    var rows = Discriminator.Rows.labelled(TRAINING, subtle(5, 3));

    assertThat(train(rows, few, 7)).isEqualTo(train(rows, few, 7));
    assertThat(train(rows, few, 8)).isNotEqualTo(train(rows, few, 7));
  }

  @Test
  void saysWhereALossIsNotFinite() {
    FeatureMatrix broken = new FeatureMatrix(1, 1);
    broken.append(new float[] {Float.POSITIVE_INFINITY});

    assertThatThrownBy(() -> train(Discriminator.Rows.real(broken), DiscriminatorSettings.ROWS, 7))
        .isInstanceOf(TrainingDivergedException.class)
        .hasMessageContaining("network toy: loss must be finite");
  }

  private static FeatureMatrix subtle(int rows, long seed) {
    FeatureMatrix subtle = ToyClusters.rows(rows, 0, seed);
    for (int row = 0; row < rows; row++) {
      int last = row * ToyClusters.FEATURES + ToyClusters.FEATURES - 1;
      subtle.values()[last] *= 0.4f;
    }
    return subtle;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static Tensors train(Discriminator.Rows rows, DiscriminatorSettings settings, long seed) {
    return Discriminator.train("toy", rows, settings, seed, TrainingTask.on(ModelDevice.CPU));
  }

  private static double[] logits(Tensors tensors, FeatureMatrix rows) {
    try (RowScorer scorer = Discriminator.open(tensors, ModelDevice.CPU, DeviceListener.NONE)) {
      return scorer.score(rows);
    }
  }
}
