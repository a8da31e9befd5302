package dev.eddy.augmentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.augmentation.GateReport.Recipe;
import dev.eddy.evaluation.quality.Dependence;
import dev.eddy.evaluation.quality.QualityReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratorGateTest {
  private static final List<SyntheticRow> TRAINING = rows("hot", 400, 1);
  private static final List<SyntheticRow> HELD_OUT = rows("hot", 200, 2);

  private static List<SyntheticRow> rows(String labelClass, int rows, long seed) {
    Map<String, List<SyntheticRow>> byClass =
        RealRows.byClass(RealRows.of(ToyStream.samples(labelClass, rows, seed)));
    return byClass.getOrDefault(labelClass, List.of());
  }

  private static GateReport measure(List<SyntheticRow> heldOut, List<SyntheticRow> generated) {
    return measure(heldOut, generated, null);
  }

  private static GateReport measure(
      List<SyntheticRow> heldOut, List<SyntheticRow> generated, @Nullable QualityReport quality) {
    return measure(TRAINING, heldOut, generated, quality);
  }

  private static GateReport measure(
      List<SyntheticRow> training,
      List<SyntheticRow> heldOut,
      List<SyntheticRow> generated,
      @Nullable QualityReport quality) {
    double[] weights = training.stream().mapToDouble(row -> 1).toArray();
    TokenEncoder encoder = TokenEncoder.fit(ToyStream.DEFINITION, training, weights);
    GeneratorGate gate =
        new GeneratorGate(new RealTables(encoder), RowFingerprints.of(5, training));
    gate.measure("hot", Recipe.GAN, training, heldOut, generated);
    return gate.report(Recipe.GAN, quality, List.of(), List.of());
  }

  @Test
  void passesFreshRowsOfTheSameClass() {
    GateReport report = measure(HELD_OUT, rows("hot", 2_000, 3));

    assertThat(report.refusals()).isEmpty();
    assertThat(report.allows("hot")).isTrue();
    assertThat(report.columnShapes()).isGreaterThan(0.94);
    assertThat(report.columnShapesByColumn())
        .containsOnlyKeys("temperature", "pressure", "errors", "mode");
    assertThat(report.classes().values())
        .singleElement()
        .satisfies(
            measured -> {
              assertThat(measured.naturalColumnShapes()).isBetween(0.92, 0.99);
              assertThat(measured.copies()).isZero();
              assertThat(measured.nearness().distanceRatio()).isBetween(0.85, 1.15);
            });
  }

  @Test
  void refusesRowsOfAnotherClass() {
    GateReport report = measure(HELD_OUT, rows("cold", 2_000, 3));

    assertThat(report.allows("hot")).isFalse();
    assertThat(report.refusals().get("hot"))
        .first()
        .asString()
        .startsWith("column shapes must be >= 0.95, or >= ");
  }

  @Test
  void refusesAClassWhoseHeldOutRowsHaveLittleInCommonWithItsTrainingRows() {
    GateReport report = measure(rows("cold", 200, 2), rows("hot", 2_000, 3));

    assertThat(report.allows("hot")).isFalse();
  }

  @Test
  void passesFewHeldOutRowsThatNothingCouldMatchBetter() {
    GateReport report = measure(rows("hot", 15, 2), rows("hot", 2_000, 3));

    assertThat(report.columnShapes()).isLessThan(0.95);
    assertThat(report.refusals()).isEmpty();
  }

  @Test
  void refusesToJudgeByHardlyAnyHeldOutRow() {
    GateReport report = measure(rows("hot", 9, 2), rows("hot", 2_000, 3));

    assertThat(report.refusals().get("hot"))
        .containsExactly("held-out rows must be >= 10 to judge by, got 9");
    assertThat(report.allows("hot")).isFalse();
    assertThat(report.columnShapes()).isNaN();
  }

  @Test
  void refusesCopiesOfTrainingRows() {
    List<SyntheticRow> generated = new ArrayList<>(rows("hot", 1_800, 3));
    generated.addAll(TRAINING.subList(0, 200));

    GateReport report = measure(HELD_OUT, generated);

    assertThat(report.refusals().get("hot"))
        .first()
        .asString()
        .startsWith("share of copies of training rows must be <=")
        .endsWith("got 0.1000");
  }

  /** Training rows whose pressure, an unrounded number, is moved a little: no exact copies. */
  private static List<SyntheticRow> nearCopies(int rows) {
    return nearCopies(TRAINING, rows, 0.01);
  }

  private static List<SyntheticRow> nearCopies(List<SyntheticRow> training, int rows, double by) {
    SplittableRandom random = new SplittableRandom(4);
    List<SyntheticRow> moved = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      SyntheticRow row = training.get(random.nextInt(training.size()));
      double[] numbers = row.numbers().clone();
      numbers[1] += by * random.nextGaussian();
      moved.add(new SyntheticRow(row.entity(), numbers, row.categories(), row.labelClass()));
    }
    return moved;
  }

  @Test
  void refusesRowsThatAreTrainingRowsMovedALittle() {
    GateReport report = measure(HELD_OUT, nearCopies(2_000));

    assertThat(report.classes().values()).allMatch(measured -> measured.copies() == 0);
    assertThat(report.refusals().get("hot"))
        .satisfiesExactlyInAnyOrder(
            reason -> assertThat(reason).startsWith("share of rows closer to a training row than"),
            reason -> assertThat(reason).startsWith("median distance to the nearest training row"),
            reason -> assertThat(reason).startsWith("AUROC of a membership attack must be <="));
  }

  @ParameterizedTest
  @ValueSource(ints = {20_000, 40_000})
  void refusesRowsThatAreTrainingRowsMovedALittleHoweverManyThereAre(int trainingRows) {
    List<SyntheticRow> training = rows("hot", trainingRows, 1);
    List<SyntheticRow> heldOut = rows("hot", 1_000, 2);

    GateReport moved = measure(training, heldOut, nearCopies(training, 2_000, 1e-6), null);
    GateReport fresh = measure(training, heldOut, rows("hot", 2_000, 3), null);

    assertThat(moved.refusals().get("hot"))
        .anyMatch(reason -> reason.startsWith("share of rows closer to a training row than"))
        .anyMatch(reason -> reason.startsWith("median distance to the nearest training row"));
    assertThat(fresh.refusals()).isEmpty();
  }

  @Test
  void passesRowsLikeTrainingRowsThatHeldOutRowsOfAnotherTimeAreFarFrom() {
    List<SyntheticRow> later = new ArrayList<>();
    for (SyntheticRow row : HELD_OUT) {
      double[] numbers = row.numbers().clone();
      numbers[1] += numbers[1] > 0 ? 0.4 : -0.4;
      later.add(new SyntheticRow(row.entity(), numbers, row.categories(), row.labelClass()));
    }

    GateReport report = measure(later, rows("hot", 2_000, 3));

    assertThat(report.refusals().getOrDefault("hot", List.of()))
        .noneMatch(reason -> reason.contains("nearest") || reason.contains("membership"));
    assertThat(measure(later, nearCopies(2_000)).refusals().get("hot"))
        .anyMatch(reason -> reason.startsWith("median distance to the nearest training row"));
  }

  @Test
  void refusesAllClassesWhereKindsOfRealRowsAreMissing() {
    List<SyntheticRow> generated = rows("hot", 2_000, 3);

    GateReport half = measure(HELD_OUT, generated, coverage(0.6, 0.95));
    GateReport most = measure(HELD_OUT, generated, coverage(0.9, 0.95));

    assertThat(half.refusals().get("hot"))
        .containsExactly(
            "share of the kinds of real rows that are found must be >= 0.700 over all classes,"
                + " got 0.600");
    assertThat(most.allows("hot")).isTrue();
  }

  @Test
  void refusesAllClassesWhereNearlyAllRowsAreTold() {
    GateReport report =
        measure(HELD_OUT, rows("hot", 2_000, 3), quality(0.9, 0.95, fidelity(0.97, 0.99), null));

    assertThat(report.refusals().get("hot"))
        .containsExactly(
            "AUROC of telling rows from held-out rows must be <= 0.980 (training rows are told at"
                + " 0.520), got 0.990");
  }

  @Test
  void refusesAllClassesWhereClassifiersLearnMuchLess() {
    var utility =
        new QualityReport.Utility(
            new QualityReport.Judged(0.95, 0.6, 0.9, 0.5),
            new QualityReport.Judged(0.9, 0.9, 0.8, 0.8));

    GateReport report =
        measure(HELD_OUT, rows("hot", 2_000, 3), quality(0.9, 0.95, fidelity(0.97, 0.6), utility));

    assertThat(report.refusals().get("hot"))
        .singleElement()
        .asString()
        .startsWith("AUROC of boosting on held-out rows, over that after training on real rows")
        .endsWith("got 0.632");
  }

  /** Rows whose fields all follow the temperature, or each that of a row of its own. */
  private static List<SyntheticRow> following(boolean oneTemperature, int rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<SyntheticRow> made = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      double[] x = random.doubles(4, -1, 1).toArray();
      if (oneTemperature) {
        Arrays.fill(x, x[0]);
      }
      double[] numbers = {
        80 + 5 * x[0] + random.nextGaussian(),
        x[1] + 0.2 * random.nextGaussian(),
        Math.rint(4 + 3 * x[2] + random.nextGaussian())
      };
      String[] categories = {x[3] > 0 ? "boost" : "eco"};
      made.add(new SyntheticRow("oven", numbers, categories, "hot"));
    }
    return made;
  }

  @Test
  void refusesIndependentColumnsOfTheRightShapes() {
    List<SyntheticRow> training = following(true, 2_000, 1);
    List<SyntheticRow> heldOut = following(true, 1_000, 2);

    GateReport fresh = measure(training, heldOut, following(true, 2_000, 3), null);
    GateReport independent = measure(training, heldOut, following(false, 2_000, 3), null);

    assertThat(fresh.allows("hot")).isTrue();
    assertThat(independent.columnShapes()).isGreaterThan(0.95);
    assertThat(independent.refusals().get("hot"))
        .singleElement()
        .asString()
        .startsWith("pair trends must be >= ");
  }

  @Test
  void doesNotJudgeWhatGoesTogetherWhereNothingClearlyDoes() {
    List<SyntheticRow> fresh = rows("hot", 2_000, 3);

    Dependence few =
        Objects.requireNonNull(measure(rows("hot", 12, 2), fresh).classes().get("hot"))
            .dependence();

    assertThat(few).isNotNull();
    assertThat(measure(rows("hot", 12, 2), fresh).refusals().getOrDefault("hot", List.of()))
        .noneMatch(reason -> reason.startsWith("pair trends"));
  }

  private static QualityReport coverage(double found, double natural) {
    return quality(found, natural, fidelity(0.98, 0.55), null);
  }

  /** Natural are trends of 0.98 and an AUROC of 0.52; independent columns reach 0.9. */
  private static QualityReport.Fidelity fidelity(double trends, double told) {
    return new QualityReport.Fidelity(
        1, 1, 1, Map.of(), trends, 0.98, 0.9, trends, Map.of(), told, 0.52);
  }

  private static QualityReport quality(
      double found,
      double natural,
      QualityReport.Fidelity fidelity,
      QualityReport.@Nullable Utility utility) {
    return new QualityReport(
        400,
        200,
        2_000,
        fidelity,
        utility,
        Map.of(),
        Map.of(),
        new QualityReport.Coverage(30, found, natural),
        new QualityReport.Privacy(0, 0, 1, 0.05, 0.5),
        0,
        0,
        List.of());
  }
}
