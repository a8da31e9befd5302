package dev.eddy.evaluation.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.definition.StreamDefinition.BalanceJudge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiftJudgeTest {
  private static final RecordTable HELD_OUT = Tables.draw(600, 2);

  /** Few rows of "b", and whatever there is of "a". */
  private static RecordTable withFew(int few) {
    RecordTable all = Tables.draw(600, 1);
    int[] rare = all.rowsOf("b");
    return all.ofClass("a").and(all.select(Arrays.copyOf(rare, few)));
  }

  private static RecordTable calledB(RecordTable rows) {
    String[] labels = new String[rows.rows()];
    Arrays.fill(labels, "b");
    return new RecordTable(
        rows.numberNames(), rows.categoryNames(), rows.numbers(), rows.categories(), labels);
  }

  private static RareClassifier named(String classifier) {
    return Objects.requireNonNull(RareClassifier.byName().get(classifier));
  }

  @ParameterizedTest
  @ValueSource(strings = {"boosting", "neural"})
  void findsThatManyFreshRealRowsHelpAClassOfAFew(String classifier) {
    LiftJudge judge = new LiftJudge(withFew(8), HELD_OUT, 3, 4, named(classifier));

    QualityReport.Lift lift = judge.judge("b", seed -> Tables.draw(2_000, 100 + seed).ofClass("b"));

    assertThat(lift.trainingPositives()).isEqualTo(8);
    assertThat(lift.heldOutPositives()).isGreaterThan(50);
    assertThat(lift.augmented().averagePrecision())
        .isGreaterThan(lift.plain().averagePrecision() + 0.05);
    assertThat(lift.low()).isLessThanOrEqualTo(lift.precisionGain());
    assertThat(lift.high()).isGreaterThanOrEqualTo(lift.precisionGain());
    assertThat(lift.recallGain()).isPositive();
    assertThat(lift.recallLow()).isLessThanOrEqualTo(lift.recallGain());
    assertThat(lift.recallHigh()).isGreaterThanOrEqualTo(lift.recallGain());
    assertThat(lift.helps()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"boosting", "neural"})
  void findsThatRowsOfAnotherClassDoNotHelp(String classifier) {
    LiftJudge judge = new LiftJudge(withFew(60), HELD_OUT, 3, 4, named(classifier));

    QualityReport.Lift lift =
        judge.judge("b", seed -> calledB(Tables.draw(400, 100 + seed).ofClass("a")));

    assertThat(lift.precisionGain()).isNegative();
    assertThat(lift.helps()).isFalse();
  }

  @Test
  void claimsNothingByFewHeldOutRows() {
    RecordTable few =
        HELD_OUT.select(
            IntStream.concat(
                    Arrays.stream(HELD_OUT.rowsOf("a")),
                    Arrays.stream(HELD_OUT.rowsOf("b")).limit(20))
                .toArray());

    QualityReport.Lift lift =
        new LiftJudge(withFew(8), few, 2, 4, RareClassifier.boosting())
            .judge("b", seed -> Tables.draw(2_000, 100 + seed).ofClass("b"));

    assertThat(lift.heldOutPositives()).isEqualTo(20);
    assertThat(lift.helps()).isFalse();
  }

  @Test
  void asksTheClassifierForWhatDependsOnRealRowsOnce() {
    List<Integer> learnedFrom = new ArrayList<>();
    LiftJudge judge =
        new LiftJudge(
            withFew(8),
            HELD_OUT,
            1,
            4,
            (code, training, labelClass, weights, test, seed) -> {
              learnedFrom.add(training.rows());
              return new double[test.rows()];
            });
    int real = withFew(8).rows();

    judge.judge("b", seed -> Tables.draw(1_000, seed).ofClass("b").atMost(20));
    judge.judge("b", seed -> Tables.draw(1_000, seed + 1).ofClass("b").atMost(20));

    assertThat(learnedFrom)
        .as("plain, weighted, oversampled, augmented; then augmented again")
        .containsExactly(real, real, real + 20, real + 20, real + 20);
  }

  @Test
  void helpsTheClassifierThatTheBalanceNamesOrAny() {
    // given
    QualityReport.Ranking none = new QualityReport.Ranking(0, 0);
    QualityReport.Lift helps =
        new QualityReport.Lift(9, 90, 5, none, none, none, none, 0.1, 0.05, 0.15, 0, 0, 0, true);
    QualityReport.Lift doesNot =
        new QualityReport.Lift(9, 90, 5, none, none, none, none, 0.0, -0.1, 0.1, 0, 0, 0, false);
    QualityReport report =
        new QualityReport(
            0,
            0,
            0,
            new QualityReport.Fidelity(0, 0, 0, Map.of(), 0, 0, 0, 0, Map.of(), 0, 0),
            null,
            Map.of("b", Map.of("boosting", doesNot, "neural", helps)),
            Map.of("d", "there are 4 rows"),
            new QualityReport.Coverage(0, 0, 0),
            new QualityReport.Privacy(0, 0, 0, 0, 0),
            0,
            0,
            List.of());

    // then
    assertThat(report.doubt("b", BalanceJudge.ANY)).isEmpty();
    assertThat(report.doubt("b", BalanceJudge.NEURAL)).isEmpty();
    assertThat(report.doubt("b", BalanceJudge.BOOSTING))
        .contains(
            "no classifier gains by the records for certain:"
                + " boosting +0.000 average precision (-0.100 to +0.100)");
    assertThat(report.doubt("c", BalanceJudge.ANY)).get().asString().contains("not asked for");
    assertThat(report.doubt("d", BalanceJudge.ANY))
        .contains("what a classifier gains by the records was not measured: there are 4 rows");
  }

  @Test
  void findsTheLargestRecallAtAPrecision() {
    RankedRows ranked = new RankedRows(new double[] {0.9, 0.8, 0.7, 0.6}, new int[] {1, 0, 1, 0});

    assertThat(ranked.recallAtPrecision(0.9, new double[] {1, 1, 1, 1})).isEqualTo(0.5);
    assertThat(ranked.recallAtPrecision(0.6, new double[] {1, 1, 1, 1})).isEqualTo(1);
    assertThat(ranked.recallAtPrecision(0.6, new double[] {1, 2, 1, 1})).isEqualTo(0.5);
    assertThat(ranked.recallAtPrecision(0.9, new double[] {0, 1, 0, 1})).isZero();
  }

  @Test
  void aHeldOutRowThatStandsForManyMakesTheClassAsRareAsItWas() {
    RareClassifier halfRight = // sees every third row of the class, and every sixth of the others
        (code, training, labelClass, weights, test, seed) -> {
          int[] truth = test.isOf(labelClass);
          double[] scores = new double[truth.length];
          for (int row = 0; row < scores.length; row++) {
            scores[row] = row % (truth[row] == 1 ? 3 : 6) == 0 ? 1 : 0;
          }
          return scores;
        };
    RecordTable synthetic = Tables.draw(100, 3).ofClass("b");

    QualityReport.Lift one =
        new LiftJudge(withFew(8), HELD_OUT, 1, 4, halfRight).judge("b", seed -> synthetic);
    QualityReport.Lift ten =
        new LiftJudge(withFew(8), HELD_OUT, 1, 4, halfRight, 10).judge("b", seed -> synthetic);

    assertThat(ten.plain().averagePrecision()).isLessThan(one.plain().averagePrecision() / 2);
  }

  @Test
  void countsARowAsOftenAsItWasDrawn() {
    RankedRows ranked =
        new RankedRows(new double[] {0.9, 0.8, 0.7}, new int[] {1, 0, 1}); // hit, miss, hit

    assertThat(ranked.averagePrecision(new double[] {1, 1, 1})).isEqualTo((1 + 2 / 3.0) / 2);
    assertThat(ranked.averagePrecision(new double[] {0, 1, 1})).isEqualTo(0.5);
    assertThat(ranked.averagePrecision(new double[] {0, 3, 0})).isZero();
  }
}
