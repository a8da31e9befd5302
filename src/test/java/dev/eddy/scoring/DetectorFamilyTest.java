package dev.eddy.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.eddy.definition.Detection.Objective;
import dev.eddy.definition.Detection.Part;
import dev.eddy.feature.EncodedColumn;
import dev.eddy.feature.EncodedColumn.Kind;
import dev.eddy.feature.FeatureMatrix;
import dev.eddy.model.DeviceListener;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.Tensors;
import dev.eddy.model.TrainingTask;
import dev.eddy.model.gan.AdversarialSettings;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DetectorFamilyTest {
  private static final long SEED = 5;
  private static final AdversarialSettings ADVERSARIAL =
      new AdversarialSettings(Objective.NON_SATURATING, 200);
  private static final TrainingTask TASK = TrainingTask.on(ModelDevice.CPU);
  private static final List<DetectorFamily> CLASSICAL =
      DetectorFamilies.ALL.stream().filter(family -> !(family instanceof NetworkFamily)).toList();
  private static final List<EncodedColumn> COLUMNS =
      List.of(
          new EncodedColumn(0, "x", Kind.NUMBER),
          new EncodedColumn(0, "x deviation", Kind.CONTEXT),
          new EncodedColumn(1, "y", Kind.NUMBER),
          new EncodedColumn(2, "fixed", Kind.NUMBER));

  private static final List<EncodedColumn> PLAIN =
      COLUMNS.stream().map(c -> new EncodedColumn(c.feature(), c.name(), Kind.NUMBER)).toList();

  /** x and its deviation are the same noise; y follows x; fixed never changes. */
  private final TrainingRows training = training(ordinary(new Random(SEED), 600));

  @Test
  void everyPartIsANetworkOrHasExactlyOneFamily() {
    List<Part> parts = DetectorFamilies.ALL.stream().map(DetectorFamily::part).toList();

    assertThat(parts).doesNotHaveDuplicates();
    Set<Part> all = new HashSet<>(parts);
    all.addAll(Set.of(Part.VAE, Part.DISCRIMINATOR));
    assertThat(all).containsExactlyInAnyOrder(Part.values());
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void everyScoreHasAWeightAndRanksAnOutlierAboveOrdinaryRows(Mode mode) {
    for (DetectorFamily family : CLASSICAL) {
      if (family.weights(mode).isEmpty()) {
        continue;
      }
      TrainedDetector detector = family.train(rowsFor(family), mode, SEED).orElseThrow();
      FeatureMatrix test = ordinary(new Random(SEED + 1), 200);
      test.append(new float[] {9, 9, -9, 0});

      double[][] scores =
          detector
              .open(ModelDevice.CPU, DeviceListener.NONE)
              .score(training.standardizer().standardize(test));

      assertThat(family.weights(mode)).containsOnlyKeys(detector.scoreNames());
      for (int i = 0; i < scores.length; i++) {
        double highest = Arrays.stream(scores[i], 0, 200).max().orElseThrow();
        assertThat(scores[i][200]).as(detector.scoreNames().get(i)).isGreaterThan(highest);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void scoresAreFiniteHoweverFarOutARowIs(Mode mode) {
    FeatureMatrix narrow = ordinary(new Random(SEED), 600);
    for (int i = 0; i < narrow.rows(); i++) { // as a field that varies less than it need
      narrow.values()[i * narrow.columns()] *= 1e-6f;
    }
    TrainingRows rows = training(narrow);
    FeatureMatrix test = ordinary(new Random(SEED + 1), 1);
    test.append(new float[] {0x1p60f, 0, -0x1p60f, 0});
    for (DetectorFamily family : CLASSICAL) {
      if (!family.weights(mode).isEmpty() && family.part() != Part.TREES) {
        double[][] scores =
            family
                .train(rows, mode, SEED)
                .orElseThrow()
                .open(ModelDevice.CPU, DeviceListener.NONE)
                .score(rows.standardizer().standardize(test));

        assertThat(Arrays.stream(scores).flatMapToDouble(Arrays::stream))
            .as(family.part().name())
            .allMatch(Double::isFinite);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void whatIsReadBackScoresTheSame(Mode mode) {
    DetectorInput test = training.standardizer().standardize(ordinary(new Random(SEED + 2), 37));
    for (DetectorFamily family : CLASSICAL) {
      if (family.weights(mode).isEmpty()) {
        continue;
      }
      TrainedDetector detector = family.train(rowsFor(family), mode, SEED).orElseThrow();

      TrainedDetector read =
          family.read(Tensors.fromSafetensors(detector.tensors().toSafetensors()));

      assertThat(read.scoreNames()).isEqualTo(detector.scoreNames());
      assertThat(read.open(ModelDevice.CPU, DeviceListener.NONE).score(test))
          .isDeepEqualTo(detector.open(ModelDevice.CPU, DeviceListener.NONE).score(test));
    }
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void aBatchScoresAsItsRowsDoOneByOne(Mode mode) {
    DetectorInput test = training.standardizer().standardize(ordinary(new Random(SEED + 3), 11));
    for (DetectorFamily family : CLASSICAL) {
      if (family.weights(mode).isEmpty()) {
        continue;
      }
      Detector detector =
          family
              .train(rowsFor(family), mode, SEED)
              .orElseThrow()
              .open(ModelDevice.CPU, DeviceListener.NONE);
      double[][] batch = detector.score(test);

      for (int row = 0; row < test.rows(); row++) {
        double[][] alone = detector.score(test.select(new int[] {row}));
        for (int i = 0; i < batch.length; i++) {
          assertThat(alone[i][0]).as(detector.scoreNames().get(i)).isEqualTo(batch[i][row]);
        }
      }
    }
  }

  @Test
  void neighboursMeasureTheDistanceToTheFifthNearestRow() {
    FeatureMatrix line = new FeatureMatrix(4, 60);
    for (int i = 0; i < 60; i++) {
      line.append(new float[] {i, i, i, 0});
    }
    TrainingRows rows = training(line);
    FeatureMatrix asinh = rows.rows().asinh();

    double score =
        NeighbourDetector.FAMILY
            .train(rows, Mode.CONTAMINATED, SEED)
            .orElseThrow()
            .open(ModelDevice.CPU, DeviceListener.NONE)
            .score(rows.rows().select(new int[] {0}))[0][0];

    // the nearest rows of row 0 are 0 (itself, which a new row would not be), 1, 2, 3 and 4
    double squares =
        IntStream.range(0, 3)
            .mapToDouble(column -> Math.pow(asinh.get(4, column) - asinh.get(0, column), 2))
            .sum();
    assertThat(score).isCloseTo(Math.sqrt(squares), within(1e-5));
  }

  @Test
  void histogramSumsTheSurpriseOfEachCell() {
    FeatureMatrix coins = new FeatureMatrix(4, 100);
    for (int i = 0; i < 100; i++) {
      float rare = i < 10 ? 1 : 0;
      coins.append(new float[] {rare, rare, rare, 0});
    }
    TrainingRows rows = training(coins);
    Detector detector =
        HistogramDetector.FAMILY
            .train(rows, Mode.CONTAMINATED, SEED)
            .orElseThrow()
            .open(ModelDevice.CPU, DeviceListener.NONE);
    FeatureMatrix test = new FeatureMatrix(4, 3);
    test.append(new float[] {0, 0, 0, 0});
    test.append(new float[] {1, 0, 0, 0});
    test.append(new float[] {0, 0, 0, 5});

    double[] scores = detector.score(rows.standardizer().standardize(test))[0];

    double common = -Math.log(90.5 / 110);
    assertThat(scores[0]).isCloseTo(3 * common, within(1e-5));
    assertThat(scores[1]).isCloseTo(2 * common - Math.log(10.5 / 110), within(1e-5));
    assertThat(scores[2]).isCloseTo(3 * common - Math.log(0.5 / 100), within(1e-5));
  }

  @Test
  void covarianceMeasuresSquaredDistanceInTrainingDeviations() {
    FeatureMatrix square = new FeatureMatrix(4, 4);
    square.append(new float[] {-1, 1, -1, 0});
    square.append(new float[] {-1, -1, 1, 0});
    square.append(new float[] {1, -1, -1, 0});
    square.append(new float[] {1, 1, 1, 0});
    TrainingRows rows = training(square);

    double[] scores =
        CovarianceDetector.FAMILY
            .train(rows, Mode.CONTAMINATED, SEED)
            .orElseThrow()
            .open(ModelDevice.CPU, DeviceListener.NONE)
            .score(rows.rows())[0];

    // three uncorrelated columns of deviation 1, and 1e-3 on the diagonal
    assertThat(scores).containsOnly(new double[] {3 / 1.001}, within(1e-5));
  }

  @Test
  void forestGivesTheSameTreesForTheSameSeed() {
    Tensors first =
        ForestDetector.FAMILY.train(training, Mode.CONTAMINATED, 1).orElseThrow().tensors();
    Tensors again =
        ForestDetector.FAMILY.train(training, Mode.CONTAMINATED, 1).orElseThrow().tensors();
    Tensors other =
        ForestDetector.FAMILY.train(training, Mode.CONTAMINATED, 2).orElseThrow().tensors();

    assertThat(again).isEqualTo(first);
    assertThat(other).isNotEqualTo(first);
  }

  @Test
  void treesFindTheKindThatIsLabelledThoughEachOfItsValuesIsOrdinary() {
    Random random = new Random(SEED);
    FeatureMatrix above = new FeatureMatrix(4, 20); // y follows x, but here it lies beside it
    for (int i = 0; i < 20; i++) {
      float x = (float) random.nextGaussian();
      above.append(new float[] {x, 0, x > 0 ? x - 2 : x + 2, 0});
    }
    DetectorInput labelled = training.standardizer().standardize(above);
    Detector trees =
        LabelledTreesDetector.FAMILY
            .train(withLabels(labelled.select(IntStream.range(0, 10).toArray())), Mode.ONE_CLASS, 1)
            .orElseThrow()
            .open(ModelDevice.CPU, DeviceListener.NONE);

    double[] unseen = trees.score(labelled.select(IntStream.range(10, 20).toArray()))[0];
    double[] ordinary = trees.score(training.standardizer().standardize(ordinary(random, 200)))[0];

    Arrays.sort(ordinary);
    assertThat(Arrays.stream(unseen).filter(score -> score > ordinary[189]).count())
        .isGreaterThanOrEqualTo(7);
  }

  @Test
  void treesBeginWithTheFirstLabel() {
    DetectorInput none = training.rows().select(new int[0]);

    assertThat(LabelledTreesDetector.FAMILY.train(withLabels(none), Mode.CONTAMINATED, SEED))
        .isEmpty();
  }

  @Test
  void treesLeaveRowsWithHistoryToTheNetworks() {
    assertThat(LabelledTreesDetector.FAMILY.train(training, Mode.CONTAMINATED, SEED)).isEmpty();
  }

  private TrainingRows rowsFor(DetectorFamily family) {
    return family.part() == Part.TREES ? withLabels(training.labelled()) : training;
  }

  private TrainingRows withLabels(DetectorInput labelled) {
    return new TrainingRows(
        PLAIN,
        training.standardizer(),
        training.rows(),
        training.trusted(),
        labelled,
        ADVERSARIAL,
        TASK);
  }

  @Test
  void contextTakesTheLargestDeviationEitherWay() {
    FeatureMatrix test = new FeatureMatrix(4, 2);
    test.append(new float[] {99, -3, 99, 0});
    test.append(new float[] {0, 2, 0, 0});

    double[] scores =
        ContextDetector.FAMILY
            .train(training, Mode.CONTAMINATED, SEED)
            .orElseThrow()
            .open(ModelDevice.CPU, DeviceListener.NONE)
            .score(training.standardizer().standardize(test))[0];

    assertThat(scores).containsExactly(3, 2);
  }

  @Test
  void contextIsLeftOutWhereThereIsNone() {
    TrainingRows rows =
        new TrainingRows(
            PLAIN,
            training.standardizer(),
            training.rows(),
            training.trusted(),
            training.labelled(),
            ADVERSARIAL,
            TASK);

    assertThat(ContextDetector.FAMILY.train(rows, Mode.CONTAMINATED, SEED)).isEmpty();
  }

  private static TrainingRows training(FeatureMatrix linear) {
    Standardizer standardizer = Standardizer.fit(COLUMNS, linear);
    DetectorInput rows = standardizer.standardize(linear);
    FeatureMatrix anomalies = new FeatureMatrix(COLUMNS.size(), 2);
    anomalies.append(new float[] {8, 8, -8, 0});
    anomalies.append(new float[] {10, 10, -9, 0});
    return new TrainingRows(
        COLUMNS, standardizer, rows, rows, standardizer.standardize(anomalies), ADVERSARIAL, TASK);
  }

  private static FeatureMatrix ordinary(Random random, int count) {
    FeatureMatrix rows = new FeatureMatrix(4, count);
    for (int i = 0; i < count; i++) {
      float x = (float) random.nextGaussian();
      rows.append(new float[] {x, x, x + 0.3f * (float) random.nextGaussian(), 0});
    }
    return rows;
  }
}
