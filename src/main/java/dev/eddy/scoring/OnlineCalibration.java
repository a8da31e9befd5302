package dev.eddy.scoring;

import org.apache.datasketches.quantilescommon.QuantileSearchCriteria;
import org.apache.datasketches.req.ReqSketch;
import org.jspecify.annotations.Nullable;

/**
 * Calibrates a score against all of its values so far, in bounded memory: a quantile sketch that is
 * most precise at high ranks (Cormode et al., "Relative Error Streaming Quantiles", PODS 2021). The
 * {@link Calibration} is taken from it anew whenever an eighth more values have come, because
 * asking the sketch itself after each update would cost tens of microseconds.
 */
final class OnlineCalibration {
  /** Values before which nothing can be said: every p-value is 1. */
  static final int SILENT = 50;

  private static final int REFERENCE = 1000;
  private static final double GROWTH = 1.125;

  private final ReqSketch sketch = ReqSketch.builder().setK(12).setHighRankAccuracy(true).build();
  private @Nullable Calibration calibration;
  private long next = SILENT;

  /** Returns -ln of a value's p-value against the values before it, and remembers the value. */
  double surprise(double value) {
    double surprise = surpriseOnly(value);
    sketch.update((float) value);
    if (sketch.getN() >= next) {
      calibration = Calibration.fit(reference());
      next = (long) Math.ceil(sketch.getN() * GROWTH);
    }
    return surprise;
  }

  /** Returns -ln of a value's p-value against the values so far, and does not remember it. */
  double surpriseOnly(double value) {
    return calibration == null ? 0 : calibration.surprise(value);
  }

  private double[] reference() {
    int size = (int) Math.min(REFERENCE, sketch.getN());
    double[] ranks = new double[size];
    for (int i = 0; i < size; i++) {
      ranks[i] = (i + 0.5) / size;
    }
    float[] quantiles = sketch.getQuantiles(ranks, QuantileSearchCriteria.INCLUSIVE);
    double[] reference = new double[size];
    for (int i = 0; i < size; i++) {
      reference[i] = quantiles[i];
    }
    return reference;
  }
}
