package dev.eddy.feature;

import dev.eddy.definition.Feature.Direction;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * A robust linear scale: the median becomes 0, the typical spread 1. Outliers stay as far out as
 * they are.
 *
 * @param median the value that becomes 0
 * @param spread the difference that becomes 1, {@code > 0}
 * @param direction which side counts: values on the other side of the median become 0
 */
record Scale(double median, double spread, Direction direction) {
  /** Rows stay within this, so that their squares are finite floats. */
  static final float LIMIT = 0x1p60f;

  private static final double NORMAL_IQR = 1.349;
  private static final double VALUE_LIMIT = 1e150;
  private static final double RELATIVE_SPREAD = 1e-6;

  /**
   * Fits to values: spread = max(IQR / 1.349, sd / 10), or sd where more than half of the values
   * are (nearly) the same; never less than the floor, nor than a millionth of the median.
   *
   * @param values finite; sorted in place
   * @param floor the smallest spread, given the median
   */
  static Scale fit(double[] values, Direction direction, DoubleUnaryOperator floor) {
    if (values.length == 0) {
      return new Scale(0, 1, direction);
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.max(-VALUE_LIMIT, Math.min(VALUE_LIMIT, values[i]));
    }
    Arrays.sort(values);
    double median = quantile(values, 0.5);
    double robust = (quantile(values, 0.75) - quantile(values, 0.25)) / NORMAL_IQR;
    double deviation = deviation(values);
    double spread = robust <= 1e-3 * deviation ? deviation : Math.max(robust, 0.1 * deviation);
    double least = Math.max(floor.applyAsDouble(median), RELATIVE_SPREAD * Math.abs(median));
    spread = Math.max(spread, least);
    return new Scale(median, spread > Double.MIN_NORMAL ? spread : 1, direction);
  }

  /** Returns the place of a finite value on the scale. */
  float apply(double value) {
    double z = (value - median) / spread;
    if (direction == Direction.HIGH) {
      z = Math.max(0, z);
    } else if (direction == Direction.LOW) {
      z = Math.min(0, z);
    }
    return (float) Math.max(-LIMIT, Math.min(LIMIT, z));
  }

  /** Returns the value at a place on the scale. */
  double invert(double z) {
    return median + spread * z;
  }

  /** Linear interpolation between order statistics, as R's type 7. */
  private static double quantile(double[] sorted, double q) {
    double position = q * (sorted.length - 1);
    int below = (int) position;
    double lower = sorted[below];
    double upper = sorted[Math.min(below + 1, sorted.length - 1)];
    return lower + (position - below) * (upper - lower);
  }

  private static double deviation(double[] values) {
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean) / values.length;
    }
    // The mean of equal values may be off by rounding; the values themselves tell.
    return values[0] == values[values.length - 1] ? 0 : Math.sqrt(squares);
  }
}
