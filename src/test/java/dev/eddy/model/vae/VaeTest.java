package dev.eddy.model.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.definition.Detection.Window;
import dev.eddy.feature.FeatureMatrix;
import dev.eddy.model.DeviceListener;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.Tensor;
import dev.eddy.model.Tensors;
import dev.eddy.model.TimeBudget;
import dev.eddy.model.ToyClusters;
import dev.eddy.model.TrainingDivergedException;
import dev.eddy.model.TrainingTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VaeTest {
  private static final VaeSettings SETTINGS = VaeSettings.ASINH.withSteps(200);
  private static final int NORMAL = 300;
  private static final int ANOMALOUS = 60;
  private static final FeatureMatrix TRAINING = ToyClusters.rows(600, 30, 1);
  private static final FeatureMatrix TEST = ToyClusters.rows(NORMAL, ANOMALOUS, 2);
  private static Tensors trained;

  @BeforeAll
  static void trainOnce() {
    trained = train(TRAINING, SETTINGS, 7);
  }

  @Test
  void findsRowsBetweenTheClustersThoughSomeWereInItsTraining() {
    VaeScores scores = score(trained, TEST);

    assertThat(ToyClusters.auroc(scores.negativeElbo(), NORMAL)).isGreaterThan(0.97);
  }

  @Test
  void findsLittleWithoutTraining() {
    // Two steps at a rate near 0 leave the initial weights.
    VaeScores scores = score(train(TRAINING, SETTINGS.withSteps(2), 7), TEST);

    assertThat(ToyClusters.auroc(scores.negativeElbo(), NORMAL)).isLessThan(0.9);
  }

  @Test
  void givesTheSameTensorsForTheSameSeedEvenWhileAnotherTrainingRuns() {
    VaeSettings few = SETTINGS.withSteps(15);

    Tensors alone = train(TRAINING, few, 7);
    CompletableFuture<Tensors> beside =
        CompletableFuture.supplyAsync(() -> train(TRAINING, few, 8));
    Tensors again = train(TRAINING, few, 7);

    assertThat(again).isEqualTo(alone);
    assertThat(beside.join()).isNotEqualTo(alone).isEqualTo(train(TRAINING, few, 8));
  }

  @Test
  void expectsTheClusterThatARowIsNearTo() {
    FeatureMatrix odd = new FeatureMatrix(ToyClusters.FEATURES, 1);
    odd.append(new float[] {1, 1, 1, 1, 1, -1});

    try (VaeScorer scorer = Vae.open(trained, ModelDevice.CPU, DeviceListener.NONE)) {
      FeatureMatrix expected = scorer.reconstruct(odd);
      FeatureMatrix residuals = scorer.residuals(odd);

      assertThat(expected.get(0, 5)).isPositive();
      assertThat(residuals.columns()).isEqualTo(2 + ToyClusters.FEATURES);
      assertThat(residuals.get(0, 7)).isLessThan(-3); // the feature that is out of place
    }
  }

  @Test
  void givesResidualsOfMeanZeroAndDeviationOneOverItsTrainingRows() {
    Tensors tensors = train(ToyClusters.rows(500, 0, 1), SETTINGS.withSteps(60), 7);
    try (VaeScorer scorer = Vae.open(tensors, ModelDevice.CPU, DeviceListener.NONE)) {
      FeatureMatrix residuals = scorer.residuals(ToyClusters.rows(500, 0, 1));

      for (int column = 0; column < residuals.columns(); column++) {
        double sum = 0;
        double squares = 0;
        for (int row = 0; row < residuals.rows(); row++) {
          sum += residuals.get(row, column);
          squares += residuals.get(row, column) * residuals.get(row, column);
        }
        // float32 sums; no value of a normal row is as far out as the clip at 15
        assertThat(sum / 500).isEqualTo(0, Offset.offset(1e-3));
        assertThat(squares / 500).isEqualTo(1, Offset.offset(1e-2));
      }
    }
  }

  @Test
  void drawsTheSameRowsFromBothClustersForTheSameSeed() {
    try (VaeScorer scorer = Vae.open(trained, ModelDevice.CPU, DeviceListener.NONE)) {
      float[] drawn = scorer.sample(400, 3).toArray();

      assertThat(scorer.sample(400, 3).toArray()).isEqualTo(drawn);
      int positive = 0;
      for (int row = 0; row < 400; row++) {
        positive += drawn[row * ToyClusters.FEATURES] > 0 ? 1 : 0;
      }
      assertThat(positive).isBetween(80, 320);
    }
  }

  @Test
  void scoresABatchAsRowByRow() {
    VaeScores batch = score(trained, TEST);

    for (int row : new int[] {0, 17, NORMAL + ANOMALOUS - 1}) {
      VaeScores single = score(trained, TEST.select(new int[] {row}));
      // float32; a batch is multiplied in another order than a row
      assertThat(single.negativeElbo()[0])
          .isEqualTo(batch.negativeElbo()[row], Offset.offset(1e-3));
      assertThat(batch.kl()[row]).isNotNegative();
    }
  }

  @Test
  void saysWhereALossIsNotFinite() {
    FeatureMatrix broken = new FeatureMatrix(2, 2);
    broken.append(new float[] {0, Float.NaN});
    broken.append(new float[] {0, 1});

    assertThatThrownBy(() -> train(broken, SETTINGS, 7))
        .isInstanceOf(TrainingDivergedException.class)
        .hasMessage("network toy: loss must be finite, got NaN at step 0");
  }

  @Test
  void refusesRowsOfAnotherWidth() {
    try (VaeScorer scorer =
        Vae.open(train(TRAINING, SETTINGS.withSteps(2), 7), ModelDevice.CPU, DeviceListener.NONE)) {
      assertThatThrownBy(() -> scorer.score(new FeatureMatrix(2, 1)))
          .hasMessage("vae rows must have width 6 and be at least one, got width 2 and 0 rows");
    }
  }

  @Test
  void givesTheNegativeElboThatItsFormulaSays() {
    // A network of zeros: latent mean 0 and log variance 0, so KL = 0 and the reconstruction is 0.
    // -log p(x) of (1, 2) under sigma (1, 2) is (1 + 1) / 2 + ln 1 + ln 2 + ln(2 pi) = 3.531024.
    Tensors zeros = new VaeNetwork("", 2, null).initial(new SplittableRandom(1));
    Map<String, Tensor> tensors = new TreeMap<>();
    for (String name : zeros.names()) {
      tensors.put(name, Tensor.of(new float[zeros.get(name).size()], zeros.get(name).shape()));
    }
    tensors.put("sigma", Tensor.of(new float[] {1, 2}, 2));
    tensors.put("residual.mean", Tensor.of(new float[] {0, 0, 0, 0.5f}, 4));
    tensors.put("residual.deviation", Tensor.of(new float[] {1, 1, 1, 0.25f}, 4));
    FeatureMatrix rows = new FeatureMatrix(2, 2);
    rows.append(new float[] {1, 2});
    rows.append(new float[] {-90, 2});

    try (VaeScorer scorer = Vae.open(Tensors.of(tensors), ModelDevice.CPU, DeviceListener.NONE)) {
      VaeScores scores = scorer.score(rows);

      assertThat(scores.negativeElbo()[0]).isEqualTo(3.531024, Offset.offset(1e-5));
      assertThat(scores.kl()[0]).isZero();
      assertThat(scorer.residuals(rows).row(0)).containsExactly(0, 0, 1, 2);
      assertThat(scorer.residuals(rows).get(1, 2)).isEqualTo(-15); // clipped
    }
  }

  @Test
  void betaPullsTheEncodingsTowardsThePrior() {
    double loose = mean(score(train(TRAINING, SETTINGS.withBeta(0.1), 7), TRAINING).kl());
    double tight = mean(score(train(TRAINING, SETTINGS.withBeta(20), 7), TRAINING).kl());

    assertThat(tight).isLessThan(loose / 2);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(
      value = Window.class,
      names = {"CONVOLUTION", "ATTENTION"})
  void readsAWindowAsASequence(Window kind) {
    VaeWindow window = new VaeWindow(kind, List.of(List.of(1, 3, 4, 5, 6, 7, 8, 9)));
    VaeSettings settings = SETTINGS.withTrim(0).withWindow(window);
    FeatureMatrix test = waves(100, 0, 2);
    FeatureMatrix broken = waves(60, 1, 3);
    for (int row = 0; row < broken.rows(); row++) {
      test.append(broken.row(row));
    }

    Tensors trained = train(waves(600, 0, 1), settings.withSteps(300), 7);
    Tensors untrained = train(waves(600, 0, 1), settings.withSteps(2), 7);

    assertThat(ToyClusters.auroc(score(trained, test).negativeElbo(), 100))
        .isGreaterThan(0.9)
        .isGreaterThan(ToyClusters.auroc(score(untrained, test).negativeElbo(), 100) + 0.1);
    Tensors read = Tensors.fromSafetensors(trained.toSafetensors());
    assertThat(score(read, test).negativeElbo()).isEqualTo(score(trained, test).negativeElbo());
    assertThat(train(waves(600, 0, 1), settings.withSteps(2), 7)).isEqualTo(untrained);
  }

  /**
   * Noise in columns 0 and 2, a wave of any phase in the others; broken ones jump in the middle.
   */
  private static FeatureMatrix waves(int count, double jump, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    FeatureMatrix rows = new FeatureMatrix(10, count);
    for (int row = 0; row < count; row++) {
      double phase = 2 * Math.PI * random.nextDouble();
      float[] cells = new float[10];
      int step = 0;
      for (int i = 0; i < cells.length; i++) {
        boolean plain = i == 0 || i == 2;
        double broken = step >= 4 ? Math.PI * jump : 0;
        cells[i] =
            (float)
                (plain
                    ? random.nextGaussian()
                    : 1.4 * Math.sin(phase + 0.5 * step + broken) + 0.1 * random.nextGaussian());
        step += plain ? 0 : 1;
      }
      rows.append(cells);
    }
    return rows;
  }

  @Test
  void tellsItsProgressToTheEnd() {
    List<Integer> steps = new ArrayList<>();

    Vae.train(
        "toy",
        TRAINING,
        SETTINGS.withSteps(70),
        7,
        new TrainingTask(
            ModelDevice.CPU,
            DeviceListener.NONE,
            (network, step, of, loss) -> steps.add(step),
            TimeBudget.unlimited()));

    assertThat(steps).containsExactly(50, 70);
  }

  private static Tensors train(FeatureMatrix rows, VaeSettings settings, long seed) {
    return Vae.train("toy", rows, settings, seed, TrainingTask.on(ModelDevice.CPU));
  }

  private static VaeScores score(Tensors tensors, FeatureMatrix rows) {
    try (VaeScorer scorer = Vae.open(tensors, ModelDevice.CPU, DeviceListener.NONE)) {
      return scorer.score(rows);
    }
  }
}
