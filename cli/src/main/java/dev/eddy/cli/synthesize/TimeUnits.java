package dev.eddy.cli.synthesize;

/**
 * Counts time in the largest unit that lies between all times of a column, from days down to
 * nanoseconds, so that none gets digits that the source has not: times that are all at half past
 * stay so. From 1970 or zero on; where that many of the unit are too many for a double, from the
 * first time on.
 */
final class TimeUnits {
  private static final long[] SECONDS = {86_400, 3_600, 60, 1};
  private static final int NANOS = 1_000_000_000;
  private static final double MOST_EXACT = 1L << 53;

  private final long unitSeconds;
  private final int unitNanos;
  private final long base;
  private final int restNanos;

  private TimeUnits(long unitSeconds, int unitNanos, long base, int restNanos) {
    this.unitSeconds = unitSeconds;
    this.unitNanos = unitNanos;
    this.base = base;
    this.restNanos = restNanos;
  }

  /** Finds the unit. */
  static TimeUnits of(long[] seconds, int[] nanos) {
    int unitNanos = 0;
    for (int nano : nanos) {
      while (nano != nanos[0] && (unitNanos == 0 || (nano - nanos[0]) % unitNanos != 0)) {
        unitNanos = (unitNanos == 0 ? NANOS : unitNanos) / 10;
      }
    }
    int unit = unitNanos == 0 ? 0 : SECONDS.length - 1;
    long first = seconds[0];
    long largest = 0;
    for (long second : seconds) {
      while ((second - seconds[0]) % SECONDS[unit] != 0) {
        unit++;
      }
      first = Math.min(first, second);
      largest = Math.max(largest, Math.abs(second));
    }
    if (unitNanos == 0) {
      return new TimeUnits(SECONDS[unit], 0, Math.floorMod(seconds[0], SECONDS[unit]), nanos[0]);
    }
    int perSecond = NANOS / unitNanos;
    boolean exact = (double) largest * perSecond < MOST_EXACT;
    return new TimeUnits(1, unitNanos, exact ? 0 : first, nanos[0] % unitNanos);
  }

  /** Returns how many units a time is. */
  double read(long second, int nano) {
    if (unitNanos == 0) {
      return Math.floorDiv(second - base, unitSeconds);
    }
    int parts = (nano - restNanos) / unitNanos;
    return (double) (second - base) * perSecond() + parts;
  }

  /** Returns the whole seconds of so many units. */
  long second(double value) {
    long units = Math.round(value);
    return base + (unitNanos == 0 ? units * unitSeconds : Math.floorDiv(units, perSecond()));
  }

  /** Returns what so many units are beyond whole seconds. */
  int nano(double value) {
    return restNanos
        + (unitNanos == 0 ? 0 : Math.floorMod(Math.round(value), perSecond()) * unitNanos);
  }

  private int perSecond() {
    return NANOS / unitNanos;
  }
}
