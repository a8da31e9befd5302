package dev.eddy.evaluation.quality;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Rows in the order of their scores, highest first, for many bootstraps of the same rows. Figures
 * are as {@link dev.eddy.evaluation.DetectionMetrics} has them, where each row counts so many
 * times.
 */
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

  /** Returns the average precision; 0 where no row of the class counts. */
  double averagePrecision(double[] times) {
    double sum = 0;
    double found = 0;
    double asked = 0;
    for (int from = 0, to; from < order.length; from = to) {
      double added = 0;
      for (to = from; to < order.length && scores[order[to]] == scores[order[from]]; to++) {
        added += times[order[to]] * truth[order[to]];
        asked += times[order[to]];
      }
      found += added;
      sum += added > 0 ? added * (found / asked) : 0;
    }
    return found == 0 ? 0 : sum / found;
  }

  /** Returns the largest recall with at least a precision; 0 where no row of the class counts. */
  double recallAtPrecision(double precision, double[] times) {
    double best = 0;
    double found = 0;
    double asked = 0;
    for (int from = 0, to; from < order.length; from = to) {
      for (to = from; to < order.length && scores[order[to]] == scores[order[from]]; to++) {
        found += times[order[to]] * truth[order[to]];
        asked += times[order[to]];
      }
      if (found >= precision * asked) {
        best = found;
      }
    }
    return found == 0 ? 0 : best / found;
  }
}
