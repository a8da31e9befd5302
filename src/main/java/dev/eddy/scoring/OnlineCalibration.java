package dev.eddy.scoring;

import org.apache.datasketches.tdigest.TDigestDouble;
import org.jspecify.annotations.Nullable;

/**
 * Calibrates a score against all of its values so far, in bounded memory: a t-digest, which is most
 * precise at the ends (Dunning, "The t-digest: Efficient estimates of distributions", Software
 * Impacts 7, 2021) and, unlike other quantile sketches, tosses no coins: the same values give the
 * same p-values. The {@link Calibration} is taken from it anew whenever an eighth more values have
 * come, because asking the sketch itself for each value would cost more than all else.
 */
final class OnlineCalibration {
  /** Values before which nothing can be said: every p-value is 1. */
  static final int SILENT = 50;

  private static final short COMPRESSION = 200;
  private static final int REFERENCE = 1000;
  private static final double GROWTH = 1.125;

  private final TDigestDouble sketch = new TDigestDouble(COMPRESSION);
  private @Nullable Calibration calibration;
  private long next = SILENT;

  /** Returns -ln of a value's p-value against the values before it, and remembers the value. */
  double surprise(double value) {
    double surprise = surpriseOnly(value);
    sketch.update(value);
    if (sketch.getTotalWeight() >= next) {
      calibration = Calibration.fit(reference());
      next = (long) Math.ceil(sketch.getTotalWeight() * GROWTH);
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

  private double[] reference() {
    int size = (int) Math.min(REFERENCE, sketch.getTotalWeight());
    double[] reference = new double[size];
    for (int i = 0; i < size; i++) {
      reference[i] = sketch.getQuantile((i + 0.5) / size);
    }
    return reference;
  }
}
