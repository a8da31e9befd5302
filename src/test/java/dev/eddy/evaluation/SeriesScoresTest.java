package dev.eddy.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SeriesScoresTest {
  @Test
  void tellsOfAnEpisodeOnceAndAgainOnlyWhenItGetsWorse() {
    double[] onsets = SeriesScores.onsets(new double[] {1, 3, 2, 3, 4, 1, 1, 1, 2}, 3);

    assertThat(onsets).containsExactly(1, 3, 0, 0, 4, 0, 0, 0, 2);
  }

  @Test
  void forgetsAScoreThatIsOlderThanTheWindow() {
    assertThat(SeriesScores.onsets(new double[] {5, 1, 1, 2}, 2)).containsExactly(5, 0, 0, 2);
  }

  @Test
  void calibratesEachOpinionAgainstItsOwnPastSoThatALastingChangeBecomesOrdinary() {
    SplittableRandom random = new SplittableRandom(2);
    double[] scores = new double[2000];
    for (int row = 0; row < scores.length; row++) {
      scores[row] = random.nextDouble() + (row < 1000 ? 0 : 5);
    }
    SeriesScores series =
        new SeriesScores("a", 100, new boolean[2000], Map.of(SeriesScores.MODEL, scores));

    double[] followed = series.followed();

    assertThat(followed[1000]).isGreaterThan(6);
    assertThat(followed[1999]).isLessThan(6);
  }
}
