package dev.eddy.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.eddy.evaluation.BlockBootstrap.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BlockBootstrapTest {
  @Test
  void givesTheFiguresOfDetectionMetricsWhereEachRecordIsTakenOnce() {
    var random = new SplittableRandom(3);
    double[] scores = random.doubles(500).map(score -> Math.round(score * 50)).toArray();
    boolean[] anomalous = new boolean[scores.length];
    List<LabelledScore> labelled = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      anomalous[i] = random.nextDouble() < scores[i] / 200;
      labelled.add(LabelledScore.of(scores[i], anomalous[i]));
    }
    int[] once = new int[scores.length];
    Arrays.fill(once, 1);

    var ranked = new RankedScores(scores, anomalous);

    assertThat(ranked.auroc(once))
        .isEqualTo(DetectionMetrics.auroc(labelled).orElseThrow(), within(1e-12));
    assertThat(ranked.averagePrecision(once))
        .isEqualTo(DetectionMetrics.averagePrecision(labelled).orElseThrow(), within(1e-12));
  }

  @Test
  void takesARecordTwiceAsIfItWereThereTwice() {
    var ranked = new RankedScores(new double[] {3, 2, 1}, new boolean[] {true, false, true});

    // 3 3 | 2 | 1: precision 1 at two of three anomalies, 3/4 at the last
    assertThat(ranked.averagePrecision(new int[] {2, 1, 1}))
        .isEqualTo(2 / 3.0 + 0.75 / 3, within(1e-12));
    assertThat(ranked.auroc(new int[] {2, 1, 1})).isEqualTo(2 / 3.0, within(1e-12));
    assertThat(ranked.auroc(new int[] {1, 0, 1})).isNaN();
  }

  @Test
  void isAsWideAsTheStandardErrorOfIndependentRecords() {
    double[] values = new SplittableRandom(5).doubles(400).toArray();

    Interval interval =
        new BlockBootstrap(IntStream.range(0, 400).toArray(), 7)
            .interval(times -> mean(values, times));

    // Uniform on [0, 1]: a standard error of 0.2887 / 20 = 0.0144, twice 1.96 of which is 0.057.
    assertThat(interval.high() - interval.low()).isBetween(0.045, 0.07);
  }

  @Test
  void isWiderWhereNeighboursAreAlike() {
    double[] values = new double[400];
    var random = new SplittableRandom(5);
    for (int block = 0; block < 20; block++) {
      Arrays.fill(values, 20 * block, 20 * block + 20, random.nextDouble());
    }
    int[] blocks = IntStream.range(0, 400).map(i -> i / 20).toArray();

    Interval byBlock = new BlockBootstrap(blocks, 7).interval(times -> mean(values, times));
    Interval byRecord =
        new BlockBootstrap(IntStream.range(0, 400).toArray(), 7)
            .interval(times -> mean(values, times));

    assertThat(byBlock.high() - byBlock.low())
        .isGreaterThan(3 * (byRecord.high() - byRecord.low()));
  }

  private static double mean(double[] values, int[] times) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      sum += times[i] * values[i];
      count += times[i];
    }
    return sum / count;
  }
}
