package dev.eddy.evaluation.quality;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Rows in the order of their scores, highest first, for many bootstraps of the same rows. */
final class RankedRows {
  private final int[] order;
  private final double[] scores;
  private final int[] truth;

  RankedRows(double[] scores, int[] truth) {
    this.scores = scores;
    this.truth = truth;
    this.order =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble(row -> -scores[row]))
            .mapToInt(Integer::intValue)
            .toArray();
  }

  /**
   * Returns the average precision, as {@link dev.eddy.evaluation.DetectionMetrics} has it, where
   * each row counts so many times; 0 where no row of the class counts.
   */
  double averagePrecision(int[] times) {
    double sum = 0;
    long found = 0;
    long asked = 0;
    for (int from = 0, to; from < order.length; from = to) {
      long added = 0;
      for (to = from; to < order.length && scores[order[to]] == scores[order[from]]; to++) {
        added += (long) times[order[to]] * truth[order[to]];
        asked += times[order[to]];
      }
      found += added;
      sum += added > 0 ? added * ((double) found / asked) : 0;
    }
    return found == 0 ? 0 : sum / found;
  }
}
