package dev.eddy.augmentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.augmentation.GateReport.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GeneratorGateTest {
  private static final List<SyntheticRow> TRAINING = rows("hot", 400, 1);
  private static final List<SyntheticRow> HELD_OUT = rows("hot", 200, 2);

  private static List<SyntheticRow> rows(String labelClass, int rows, long seed) {
    Map<String, List<SyntheticRow>> byClass =
        RealRows.byClass(RealRows.of(ToyStream.samples(labelClass, rows, seed)));
    return byClass.getOrDefault(labelClass, List.of());
  }

  private static GateReport measure(List<SyntheticRow> heldOut, List<SyntheticRow> generated) {
    double[] weights = TRAINING.stream().mapToDouble(row -> 1).toArray();
    TokenEncoder encoder = TokenEncoder.fit(ToyStream.DEFINITION, TRAINING, weights);
    GeneratorGate gate =
        new GeneratorGate(new RealTables(encoder), RowFingerprints.of(5, TRAINING));
    gate.measure("hot", Recipe.GAN, TRAINING, heldOut, generated);
    return gate.report(Recipe.GAN, null, List.of(), List.of());
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
              assertThat(measured.distanceRatio()).isBetween(0.85, 1.15);
            });
  }

  @Test
  void refusesRowsOfAnotherClass() {
    GateReport report = measure(HELD_OUT, rows("cold", 2_000, 3));

    assertThat(report.allows("hot")).isFalse();
    assertThat(report.refusals().get("hot"))
        .singleElement()
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
        .singleElement()
        .asString()
        .startsWith("share of copies of training rows must be <=")
        .endsWith("got 0.1000");
  }
}
