package dev.eddy.definition;

/**
 * The smallest difference from the expected value that may count as anomalous: it floors the scale
 * by which differences of a feature are measured, so that a nearly constant field does not raise an
 * alarm over a change that nobody cares about.
 *
 * @param absolute in units of the field, {@code >= 0}
 * @param relative as a share of the expected value's magnitude, {@code >= 0}; 0.2 for "20%"
 */
public record MinimumDeviation(double absolute, double relative) {

  /** No minimum. */
  public static final MinimumDeviation NONE = new MinimumDeviation(0, 0);

  /** Rejects negative and non-finite values. */
  public MinimumDeviation {
    if (!(absolute >= 0 && relative >= 0 && absolute + relative < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "minimumDeviation must be finite and >= 0, got %s and %s".formatted(absolute, relative));
    }
  }

  /** Returns the smallest difference that counts around this value, in units of the field. */
  public double around(double expected) {
    return Math.max(absolute, relative * Math.abs(expected));
  }
}
