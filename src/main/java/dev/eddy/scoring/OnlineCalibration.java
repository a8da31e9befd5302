package dev.eddy.scoring;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.jspecify.annotations.Nullable;

/**
 * Calibrates a score against all of its values so far, in bounded memory: a histogram whose buckets
 * are a hundredth of their value wide (HdrHistogram). Unlike most quantile sketches it tosses no
 * coins: the same values give the same p-values. The {@link Calibration} is taken from it anew
 * whenever an eighth more values have come.
 */
public final class OnlineCalibration {
  /** Values before which nothing can be said: every p-value is 1. */
  static final int SILENT = 50;

  /** Smallest difference that is kept apart; scores are of the order of one. */
  private static final double UNIT = 1e-4;

  private static final double LARGEST = 1e6;
  private static final int SIGNIFICANT_DIGITS = 2;
  private static final int REFERENCE = 1000;
  private static final double GROWTH = 1.125;

  private final Histogram histogram = new Histogram(Math.round(LARGEST / UNIT), SIGNIFICANT_DIGITS);
  private @Nullable Calibration calibration;
  private long next = SILENT;

  /** Makes a calibration that has seen nothing. */
  public OnlineCalibration() {}

  /**
   * Returns -ln of a value's p-value against the values before it, and remembers the value.
   *
   * @param value {@code >= 0}; what lies beyond a million is remembered as a million
   */
  public double surprise(double value) {
    double surprise = surpriseOnly(value);
    histogram.recordValue(Math.round(Math.min(value, LARGEST) / UNIT));
    if (histogram.getTotalCount() >= next) {
      calibration = Calibration.fit(reference());
      next = (long) Math.ceil(histogram.getTotalCount() * GROWTH);
    }
    return surprise;
  }

  /** Returns -ln of a value's p-value against the values so far, and does not remember it. */
  double surpriseOnly(double value) {
    return calibration == null ? 0 : calibration.surprise(value);
  }

  /** Returns whether enough values have come. */
  boolean isCalibrated() {
    return calibration != null;
  }

  /** Returns values at evenly spaced ranks; those of one bucket are taken to be spread over it. */
  private double[] reference() {
    long total = histogram.getTotalCount();
    double[] reference = new double[(int) Math.min(REFERENCE, total)];
    int filled = 0;
    for (HistogramIterationValue bucket : histogram.recordedValues()) {
      double low = histogram.lowestEquivalentValue(bucket.getValueIteratedTo());
      double width = histogram.sizeOfEquivalentValueRange(bucket.getValueIteratedTo());
      double before = bucket.getTotalCountToThisValue() - bucket.getCountAddedInThisIterationStep();
      double rank = rank(filled, reference.length, total);
      while (filled < reference.length && rank < bucket.getTotalCountToThisValue()) {
        double share = (rank - before) / bucket.getCountAddedInThisIterationStep();
        reference[filled++] = Math.max(0, low + share * width - 0.5) * UNIT;
        rank = rank(filled, reference.length, total);
      }
    }
    return reference;
  }

  private static double rank(int place, int places, long total) {
    return (place + 0.5) / places * total;
  }
}
