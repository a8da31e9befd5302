package dev.eddy.cli.record;

import dev.eddy.cli.record.TelemetryField.Reading;
import java.time.Instant;
import java.util.Arrays;

/**
 * One look at the host's counters and gauges, before they become rates.
 *
 * <p>A figure that the host does not offer is {@link Double#NaN} and stays empty in the sample.
 */
final class HostReadings {

  private static final double NANOS_PER_SECOND = 1e9;

  private final Instant time;
  private final long nanoTime;
  private final double cpuTicks;
  private final double[] values;

  /**
   * Creates readings.
   *
   * @param time when the readings were taken
   * @param nanoTime the same moment on the monotonic clock, which rates are computed with
   * @param cpuTicks ticks of all cores in all states
   * @param values one reading per {@link TelemetryField}, in its order
   */
  HostReadings(Instant time, long nanoTime, double cpuTicks, double[] values) {
    int width = TelemetryField.values().length;
    if (values.length != width) {
      throw new IllegalArgumentException(
          "readings must have width " + width + ", got " + values.length);
    }
    this.time = time;
    this.nanoTime = nanoTime;
    this.cpuTicks = cpuTicks;
    this.values = Arrays.copyOf(values, width);
  }

  Instant time() {
    return time;
  }

  /**
   * The values between an earlier look and this one.
   *
   * <p>A counter that went back was reset (a device removed, a host restarted): the rate is then
   * unknown, and empty rather than zero.
   */
  double[] since(HostReadings earlier) {
    double seconds = (nanoTime - earlier.nanoTime) / NANOS_PER_SECOND;
    double ticks = cpuTicks - earlier.cpuTicks;
    double[] result = new double[values.length];
    TelemetryField[] fields = TelemetryField.values();
    for (int i = 0; i < fields.length; i++) {
      double value = value(fields[i].reading(), earlier.values[i], values[i], seconds, ticks);
      result[i] = Double.isFinite(value) ? fields[i].round(value) : Double.NaN;
    }
    return result;
  }

  private static double value(
      Reading reading, double before, double now, double seconds, double ticks) {
    double change = now - before;
    return switch (reading) {
      case GAUGE -> now;
      case COUNTER -> change < 0 || seconds <= 0 ? Double.NaN : change / seconds;
      // The kernel documents that iowait may go back a little; that is no reset.
      case CPU_SHARE -> ticks <= 0 ? Double.NaN : Math.max(0, change) / ticks;
    };
  }
}
