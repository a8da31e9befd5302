package dev.eddy.scoring;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Maps raw scores of one kind to -ln of their p-value against a reference of rows that are taken to
 * be normal.
 *
 * <p>Up to where the tail starts (at the 90 to 98 % quantile, so that some fifty scores lie beyond)
 * the p-value is the conformal one, (1 + how many reference scores are at least as high) / (1 + how
 * many there are), which is valid out of sample (Vovk et al., "Algorithmic Learning in a Random
 * World", 2005), interpolated between scores in -ln p. Above it, excesses follow a generalized
 * Pareto distribution (Pickands, 1975) fitted by probability weighted moments (Hosking and Wallis,
 * Technometrics 29, 1987). Its shape is kept above 1/k for k excesses: with shape 1/k it is what an
 * exponential tail whose mean is not known, but estimated from k excesses, predicts for the next
 * one, and a lighter tail would promise more than k excesses can tell. A p-value far below what the
 * reference can show at all, by more than twenty times for each excess or a thousand times, is more
 * than a fit supports; from there on -ln p goes on growing, but only by the logarithm. So every
 * finite score has a p-value above 0, and a higher score beyond the lowest knot always has a lower
 * one.
 *
 * @param knots ascending scores of the body; the last one is where the tail starts
 * @param surprises -ln p at the knots, ascending
 * @param tailSurprise -ln p just beyond the last knot, which many reference scores may share
 * @param shape of the tail, in (0, 1]
 * @param scale of the tail, positive
 * @param limit -ln p from which on it grows by the logarithm
 */
@SuppressWarnings("ArrayRecordComponent") // one per model; equality is never asked
record Calibration(
    double[] knots,
    double[] surprises,
    double tailSurprise,
    double shape,
    double scale,
    double limit) {

  private static final int MOST_KNOTS = 128;
  private static final double MOST_TAIL_SHARE = 0.1;
  private static final double LEAST_TAIL_SHARE = 0.02;
  private static final int FEWEST_IN_TAIL = 50;
  private static final double MOST_SHAPE = 0.9;
  private static final int FEWEST_FOR_SHAPE = 20;
  private static final double BEYOND_REFERENCE = 1000;
  private static final double BEYOND_BY_EXCESS = 20;

  /**
   * Fits a calibration.
   *
   * @param reference scores of normal rows that the detector was not trained on; finite, at least
   *     one, in any order
   */
  static Calibration fit(double[] reference) {
    if (reference.length == 0) {
      throw new IllegalArgumentException("reference must have at least one score, got none");
    }
    double[] sorted = reference.clone();
    Arrays.sort(sorted);
    int rows = sorted.length;
    int tail = tailSize(rows);
    double start = sorted[Math.max(0, rows - 1 - tail)];
    double[] knots = knots(sorted, start);
    double[] surprises = new double[knots.length];
    for (int i = 0; i < knots.length; i++) {
      surprises[i] = -Math.log((1.0 + rows - firstAtLeast(sorted, knots[i])) / (1.0 + rows));
    }
    double[] excesses = Arrays.stream(sorted).filter(s -> s > start).map(s -> s - start).toArray();
    double shape = shape(excesses);
    double scale =
        excesses.length == 0
            ? smallestStep(sorted)
            : Arrays.stream(excesses).average().orElseThrow() * (1 - shape);
    return new Calibration(
        knots,
        surprises,
        -Math.log((1.0 + excesses.length) / (1.0 + rows)),
        Math.max(shape, 1.0 / Math.max(1, excesses.length)),
        scale,
        Math.log(
            (1.0 + rows) * Math.min(BEYOND_REFERENCE, 1 + BEYOND_BY_EXCESS * excesses.length)));
  }

  /** Returns how many of the highest scores the tail is fitted to: the fewer, the less it bends. */
  private static int tailSize(int rows) {
    double enough = Math.max(FEWEST_IN_TAIL, LEAST_TAIL_SHARE * rows);
    return Math.max(1, (int) Math.round(Math.min(MOST_TAIL_SHARE * rows, enough)));
  }

  /** Returns distinct scores at evenly spaced ranks, the start of the tail last. */
  private static double[] knots(double[] sorted, double start) {
    int body = firstAtLeast(sorted, start);
    int wanted = Math.min(MOST_KNOTS - 1, body);
    return DoubleStream.concat(
            IntStream.range(0, wanted).mapToDouble(i -> sorted[(int) ((long) i * body / wanted)]),
            DoubleStream.of(start))
        .distinct()
        .toArray();
  }

  private static int firstAtLeast(double[] sorted, double score) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < score) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Estimates the tail's shape from its excesses, ascending. */
  private static double shape(double[] excesses) {
    int n = excesses.length;
    if (n < FEWEST_FOR_SHAPE) {
      return 0; // too few to tell: exponential
    }
    double mean = 0;
    double weighted = 0;
    for (int i = 0; i < n; i++) {
      double position = (i + 1 - 0.35) / n;
      mean += excesses[i] / n;
      weighted += (1 - position) * excesses[i] / n;
    }
    double shape = 2 - mean / (mean - 2 * weighted);
    return Double.isNaN(shape) ? 0 : Math.max(0, Math.min(MOST_SHAPE, shape));
  }

  /** Returns a scale for scores that show no tail: a share of their range, or of their size. */
  private static double smallestStep(double[] sorted) {
    double range = sorted[sorted.length - 1] - sorted[0];
    double size = Math.abs(sorted[0]);
    return range > 0 ? range / sorted.length : Math.max(1e-6, 1e-3 * size);
  }

  /**
   * Returns -ln of a score's p-value, {@code >= 0} and finite.
   *
   * @param score finite
   */
  double surprise(double score) {
    int last = knots.length - 1;
    if (score > knots[last]) {
      return tail(score - knots[last]);
    }
    if (score == knots[last]) {
      return surprises[last];
    }
    if (score <= knots[0]) {
      return surprises[0];
    }
    int low = 0;
    for (int step = Integer.highestOneBit(last); step > 0; step >>= 1) {
      int next = low + step;
      low = next <= last && knots[next] <= score ? next : low;
    }
    double share = (score - knots[low]) / (knots[low + 1] - knots[low]);
    return surprises[low] + share * (surprises[low + 1] - surprises[low]);
  }

  private double tail(double excess) {
    double relative = excess / scale;
    double beyond = Math.log1p(shape * relative) / shape;
    double surprise = tailSurprise + beyond;
    return surprise <= limit ? surprise : limit + Math.log1p(surprise - limit);
  }
}
