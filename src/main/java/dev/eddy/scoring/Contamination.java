package dev.eddy.scoring;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Tells apart, in a reference that may hold unlabelled anomalies, which rows to calibrate by.
 *
 * <p>Scores of ordinary rows fall off about exponentially above their median. The fall-off between
 * the median and the 80 % quantile, where few anomalies reach, says how high the highest of so many
 * ordinary scores should be; rows that are clearly higher are left out, but never more than a
 * fifth. Without this step, a reference of which one row in twenty is anomalous could never show a
 * p-value below 0.05. What remains: anomalies that score like ordinary rows stay in, and make
 * p-values too large; ordinary rows that are rare and far out may be left out, and make them too
 * small.
 */
final class Contamination {
  private static final double BODY = 0.8;
  private static final double MOST = 0.2;

  /** Chance, in the exponential picture, that any ordinary row is left out. */
  private static final double CHANCE = 0.05;

  private Contamination() {}

  /** Returns the places of the scores to calibrate by, ascending. */
  static int[] ordinary(double[] scores) {
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    int rows = sorted.length;
    double median = sorted[rows / 2];
    double body = sorted[(int) (BODY * (rows - 1))];
    double perNat = (body - median) / Math.log(0.5 / (1 - BODY));
    double limit = median + perNat * Math.log(0.5 * rows / CHANCE);
    double highest = Math.max(limit, sorted[(int) ((1 - MOST) * (rows - 1))]);
    return IntStream.range(0, rows).filter(row -> scores[row] <= highest).toArray();
  }
}
