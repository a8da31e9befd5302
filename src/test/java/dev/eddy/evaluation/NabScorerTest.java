package dev.eddy.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class NabScorerTest {
  private static final int ROWS = 100;

  private static final long[] TIMES = LongStream.range(0, ROWS).toArray();

  /** A window of ten rows from row 40 on. */
  private final boolean[] window = window(40, 50);

  private final NabScorer scorer = new NabScorer(NabScorer.STANDARD, Duration.ZERO);

  private static boolean[] window(int from, int to) {
    boolean[] rows = new boolean[ROWS];
    for (int row = from; row < to; row++) {
      rows[row] = true;
    }
    return rows;
  }

  private static double[] detections(int... rows) {
    double[] scores = new double[ROWS];
    for (int row : rows) {
      scores[row] = 1;
    }
    return scores;
  }

  private static double sigmoid(double place) {
    return 2 / (1 + Math.exp(5 * place)) - 1;
  }

  @Test
  void gives100ForTheFirstRowOfEachWindowAndNothingElse() {
    scorer.add(window, TIMES, detections(40));
    scorer.add(window(20, 60), TIMES, detections(20));

    NabScorer.Result result = scorer.result();

    assertThat(result.score()).isCloseTo(100, within(1e-9));
    assertThat(result.windows()).isEqualTo(2);
    assertThat(result.found()).isEqualTo(2);
    assertThat(result.falseDetections()).isZero();
  }

  @Test
  void gives0WhereNothingCanBeTold() {
    scorer.add(window, TIMES, new double[ROWS]);

    assertThat(scorer.result().score()).isZero();
    assertThat(scorer.result().threshold()).isInfinite();
  }

  @Test
  void paysLessForALaterDetectionAndOnlyForTheEarliest() {
    scorer.add(window, TIMES, detections(47, 49));

    // Row 47 of 40 to 49 lies at -(49 - 47 + 1) / 10.
    double reward = sigmoid(-0.3) / sigmoid(-1);
    assertThat(scorer.result().score()).isCloseTo(100 * (reward + 1) / 2, within(1e-9));
  }

  @Test
  void takesOffLessForADetectionRightBehindAWindowThanForOneFarFromAny() {
    scorer.add(window, TIMES, detections(30, 40, 52));

    // Row 30 comes before any window; row 52 is 3 / 9 of the window's width behind it.
    double sum = 1 - 0.11 + 0.11 * sigmoid(3 / 9.0);
    assertThat(scorer.result().score()).isCloseTo(100 * (sum + 1) / 2, within(1e-9));
    assertThat(scorer.result().falseDetections()).isEqualTo(2);
  }

  @Test
  void looksAtNoRowOfTheProbation() {
    scorer.add(window, TIMES, detections(3, 14, 40));

    assertThat(NabScorer.probation(ROWS)).isEqualTo(15);
    assertThat(NabScorer.probation(22_695)).isEqualTo(750);
    assertThat(scorer.result().score()).isCloseTo(100, within(1e-9));
  }

  @Test
  void takesRowsOfEqualScoreTogether() {
    double[] scores = new double[ROWS];
    Arrays.fill(scores, 15, ROWS, 1);
    scorer.add(window, TIMES, scores);

    // All or nothing: 25 rows before the window cost more than it is worth.
    assertThat(scorer.result().score()).isZero();
  }
}
