package dev.eddy.cli.record;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a host did between two looks at it: an entity, a moment and one value per {@link
 * TelemetryField}.
 *
 * <p>Immutable. Rates are per second over the time since the sample before.
 */
public final class TelemetrySample {

  private static final List<String> NAMES =
      Arrays.stream(TelemetryField.values()).map(TelemetryField::column).toList();

  private final Instant time;
  private final String host;
  private final double[] values;

  /**
   * Creates a sample.
   *
   * @param values one value per {@link TelemetryField}, in its order; {@link Double#NaN} is empty
   */
  TelemetrySample(Instant time, String host, double[] values) {
    if (values.length != NAMES.size()) {
      throw new IllegalArgumentException(
          "sample must have width " + NAMES.size() + ", got " + values.length);
    }
    this.time = time;
    this.host = host;
    this.values = Arrays.copyOf(values, values.length);
  }

  /** The names of all values, in their order; the same for every sample. */
  public static List<String> names() {
    return NAMES;
  }

  /** When the sample was taken: the end of the time it covers. */
  public Instant time() {
    return time;
  }

  /** The entity that the sample is about. */
  public String host() {
    return host;
  }

  /** A value, or empty where this host does not offer it or its counter was just reset. */
  public OptionalDouble value(TelemetryField field) {
    double value = values[field.index()];
    return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** All values in the order of {@link #names()}; {@link Double#NaN} where one is empty. */
  public double[] values() {
    return Arrays.copyOf(values, values.length);
  }

  /** A value as a recording has it: plain decimals without trailing zeros, or an empty text. */
  public String text(TelemetryField field) {
    double value = values[field.index()];
    if (Double.isNaN(value)) {
      return "";
    }
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(field.decimals(), RoundingMode.HALF_UP);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  @Override
  public String toString() {
    return "TelemetrySample[" + host + " at " + time + ']';
  }
}
