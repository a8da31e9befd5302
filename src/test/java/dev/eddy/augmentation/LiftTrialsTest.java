package dev.eddy.augmentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.definition.StreamDefinition.BalanceJudge;
import dev.eddy.evaluation.quality.QualityReport;
import dev.eddy.evaluation.quality.QualityReport.Lift;
import dev.eddy.evaluation.quality.RareClassifier;
import dev.eddy.evaluation.quality.RecordTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LiftTrialsTest {
  private static final QualityReport WITHOUT =
      new QualityReport(
          0,
          0,
          0,
          new QualityReport.Fidelity(1, 1, 1, Map.of(), 1, 1, 0.5, 1, Map.of(), 0.5, 0.5),
          null,
          Map.of(),
          Map.of(),
          new QualityReport.Coverage(1, 1, 1),
          new QualityReport.Privacy(0, 0, 1, 0.05, 0.5),
          0,
          0,
          List.of());

  private final List<Integer> learnedFrom = new ArrayList<>();
  private final Map<String, Integer> drawn = new HashMap<>();

  /** So many rows of each class. */
  private static RecordTable table(Map<String, Integer> rows) {
    List<String> labels = new ArrayList<>();
    rows.forEach((name, count) -> labels.addAll(Collections.nCopies(count, name)));
    double[][] numbers = new double[labels.size()][];
    String[][] categories = new String[labels.size()][];
    for (int row = 0; row < numbers.length; row++) {
      numbers[row] = new double[] {row};
      categories[row] = new String[0];
    }
    return new RecordTable(
        List.of("n"), List.of(), numbers, categories, labels.toArray(String[]::new));
  }

  private QualityReport measured(
      Map<String, Integer> training, Map<String, Integer> heldOut, Set<String> asked) {
    RareClassifier fake =
        (code, learned, labelClass, weights, test, seed) -> {
          learnedFrom.add(learned.rows());
          return Arrays.stream(test.isOf(labelClass)).asDoubleStream().toArray();
        };
    return new LiftTrials(
            table(training),
            table(heldOut),
            asked,
            7,
            Map.of("boosting", fake),
            GeneratorListener.NONE)
        .addTo(
            WITHOUT,
            (labelClass, wanted, seed) -> {
              drawn.put(labelClass, wanted);
              return table(Map.of(labelClass, wanted));
            });
  }

  private static Lift of(QualityReport report, String labelClass) {
    return Objects.requireNonNull(
        report.lift().getOrDefault(labelClass, Map.of()).get("boosting"), labelClass);
  }

  @Test
  void keepsAllRowsOfTheClassAndFewerOfTheRest() {
    QualityReport report =
        measured(Map.of("a", 29_000, "r", 300), Map.of("a", 9_930, "r", 70), Set.of());

    assertThat(of(report, "r").trainingPositives()).isEqualTo(300);
    assertThat(of(report, "r").heldOutPositives())
        .as("0.7 % of the rows, and enough of them to tell")
        .isEqualTo(70);
    assertThat(drawn).containsEntry("r", 900);
    assertThat(learnedFrom).isNotEmpty().allMatch(rows -> rows <= 4_300 + 900);
  }

  @Test
  void measuresAClassThatIsAskedForThoughItIsNotRare() {
    Map<String, Integer> rows = Map.of("a", 1_000, "b", 900, "r", 60);

    QualityReport report = measured(rows, rows, Set.of("b"));

    assertThat(report.lift()).containsOnlyKeys("b", "r");
    assertThat(drawn).containsEntry("b", 2_700);
    assertThat(report.liftNotMeasured())
        .containsOnly(
            Map.entry(
                "a",
                "a share must be < 0.1 unless augmentation.balance names the class, got 0.51"));
  }

  @Test
  void measuresMoreThanFourClassesOnlyWhereTheyAreAskedFor() {
    Map<String, Integer> rows =
        Map.of("a", 2_000, "r1", 20, "r2", 21, "r3", 22, "r4", 23, "r5", 24, "r6", 25);

    QualityReport report = measured(rows, rows, Set.of("r6", "r5"));

    assertThat(report.lift()).containsOnlyKeys("r1", "r2", "r5", "r6");
    assertThat(report.liftNotMeasured()).containsOnlyKeys("a", "r3", "r4");
  }

  @Test
  void saysWhyAClassThatIsAskedForCouldNotBeMeasuredOrTold() {
    Map<String, Integer> training = Map.of("a", 500, "r", 60, "s", 60);

    QualityReport report = measured(training, Map.of("a", 500, "r", 4, "s", 30), Set.of("r", "s"));

    assertThat(report.doubt("r", BalanceJudge.ANY))
        .contains(
            "what a classifier gains by the records was not measured:"
                + " training and held-out rows must be >= 10, got 60 and 4");
    assertThat(report.doubt("s", BalanceJudge.ANY))
        .contains(
            "what a classifier gains by the records cannot be told: held-out rows must be >= 50,"
                + " got 30");
  }
}
