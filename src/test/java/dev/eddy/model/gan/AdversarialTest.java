package dev.eddy.model.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.eddy.definition.Detection.Objective;
import dev.eddy.feature.FeatureMatrix;
import dev.eddy.model.DeviceListener;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.Tensor;
import dev.eddy.model.Tensors;
import dev.eddy.model.ToyClusters;
import dev.eddy.model.TrainingTask;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AdversarialTest {
  private static final int NORMAL = 100;
  private static final int STEPS = 250;
  private static final FeatureMatrix TRAINING = ToyClusters.rows(400, 0, 1);
  private static final FeatureMatrix TEST = ToyClusters.rows(NORMAL, 60, 2);
  private static final TrainingTask TASK = TrainingTask.on(ModelDevice.CPU);

  @Test
  void vaeGanFindsWhatItsFeaturesCannotReconstruct() {
    double trained = auroc(vaeGan(Objective.NON_SATURATING, STEPS));

    assertThat(trained).isGreaterThan(0.9).isGreaterThan(auroc(vaeGan(Objective.HINGE, 1)) + 0.2);
  }

  @Test
  void biganFindsWhatItsEncoderAndGeneratorCannotReconstruct() {
    double trained = auroc(bigan(Objective.NON_SATURATING, STEPS));

    assertThat(trained).isGreaterThan(0.9).isGreaterThan(auroc(bigan(Objective.HINGE, 1)) + 0.2);
  }

  @ParameterizedTest
  @EnumSource(
      value = Objective.class,
      names = {"NON_SATURATING", "HINGE"})
  void criticTellsRealRowsFromNoiseFarAway(Objective objective) {
    Tensors critic = critic(objective, STEPS, 3);

    assertThat(mean(critic, far())).isGreaterThan(mean(critic, TRAINING));
  }

  @Test
  void wassersteinCriticIsKeptFromSteepSlopes() {
    Tensors critic = critic(Objective.WASSERSTEIN, STEPS, 3);

    double distance = 5 * Math.sqrt(ToyClusters.FEATURES); // at least, on every axis
    assertThat(Math.abs(mean(critic, far()) - mean(critic, TRAINING))).isLessThan(distance);
  }

  /** Rows that are four times as far out as real ones, on both sides at once. */
  private static FeatureMatrix far() {
    FeatureMatrix far = ToyClusters.rows(50, 0, 4);
    for (int i = 0; i < far.rows() * far.columns(); i++) {
      far.values()[i] *= i % 2 == 0 ? 4 : -4;
    }
    return far;
  }

  @Test
  void hingeCriticHasWeightsOfNormOne() {
    Tensors critic = critic(Objective.HINGE, 20, 3);

    for (int layer = 0; layer < 3; layer++) {
      assertThat(largestSingularValue(critic.get(layer + ".weight"))).isCloseTo(1, within(1e-3));
    }
    Tensor free = critic(Objective.NON_SATURATING, 20, 3).get("1.weight");
    assertThat(largestSingularValue(free)).isNotCloseTo(1, within(1e-2));
  }

  @Test
  void trainsTheSameNetworksFromTheSameSeed() {
    assertThat(critic(Objective.WASSERSTEIN, 3, 5)).isEqualTo(critic(Objective.WASSERSTEIN, 3, 5));
    assertThat(critic(Objective.WASSERSTEIN, 3, 5))
        .isNotEqualTo(critic(Objective.WASSERSTEIN, 3, 6));
    assertThat(vaeGan(Objective.HINGE, 3)).isEqualTo(vaeGan(Objective.HINGE, 3));
    assertThat(bigan(Objective.HINGE, 3)).isEqualTo(bigan(Objective.HINGE, 3));
  }

  @Test
  void scoresTheSameAfterItWasWrittenAndRead() {
    Tensors tensors = vaeGan(Objective.HINGE, 2);
    Tensors read = Tensors.fromSafetensors(tensors.toSafetensors());

    try (RowScorer first = VaeGan.open(tensors, ModelDevice.CPU, DeviceListener.NONE);
        RowScorer second = VaeGan.open(read, ModelDevice.CPU, DeviceListener.NONE)) {
      int before = second.managedArrays();
      assertThat(second.score(TEST)).isEqualTo(first.score(TEST));
      assertThat(second.managedArrays()).isEqualTo(before);
    }
  }

  @Test
  void refusesRowsOfAnotherWidth() {
    try (RowScorer scorer =
        Bigan.open(bigan(Objective.HINGE, 1), ModelDevice.CPU, DeviceListener.NONE)) {
      FeatureMatrix narrow = new FeatureMatrix(2, 1);
      narrow.append();

      assertThatThrownBy(() -> scorer.score(narrow))
          .hasMessage("rows must have width 6 and be at least one, got width 2 and 1 rows");
    }
  }

  private static Tensors vaeGan(Objective objective, int steps) {
    return VaeGan.train("toy", TRAINING, new AdversarialSettings(objective, steps), 3, TASK);
  }

  private static Tensors bigan(Objective objective, int steps) {
    return Bigan.train("toy", TRAINING, new AdversarialSettings(objective, steps), 3, TASK);
  }

  private static Tensors critic(Objective objective, int steps, long seed) {
    return Critic.train("toy", TRAINING, new AdversarialSettings(objective, steps), seed, TASK);
  }

  private static double auroc(Tensors tensors) {
    boolean bigan = tensors.contains("generator.0.weight");
    try (RowScorer scorer =
        bigan
            ? Bigan.open(tensors, ModelDevice.CPU, DeviceListener.NONE)
            : VaeGan.open(tensors, ModelDevice.CPU, DeviceListener.NONE)) {
      return ToyClusters.auroc(scorer.score(TEST), NORMAL);
    }
  }

  private static double mean(Tensors critic, FeatureMatrix rows) {
    try (RowScorer scorer = Discriminator.open(critic, ModelDevice.CPU, DeviceListener.NONE)) {
      double sum = 0;
      for (double score : scorer.score(rows)) {
        sum += score;
      }
      return sum / rows.rows();
    }
  }

  /** By power iteration on the product with its transpose. */
  private static double largestSingularValue(Tensor matrix) {
    int rows = matrix.dimension(0);
    int columns = matrix.dimension(1);
    double[] x = new double[columns];
    Arrays.fill(x, 1);
    double length = 0;
    for (int iteration = 0; iteration < 500; iteration++) {
      double[] y = new double[rows];
      double[] next = new double[columns];
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          y[i] += matrix.get(i * columns + j) * x[j];
        }
        for (int j = 0; j < columns; j++) {
          next[j] += matrix.get(i * columns + j) * y[i];
        }
      }
      double squares = 0;
      for (double value : next) {
        squares += value * value;
      }
      length = Math.sqrt(squares);
      for (int j = 0; j < columns; j++) {
        x[j] = next[j] / length;
      }
    }
    return Math.sqrt(length);
  }
}
