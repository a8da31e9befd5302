package dev.eddy.trainer.guard;

import java.util.Optional;

/**
 * A lasting change of one entity: from its first row on, most rows are extreme.
 *
 * @param first place of its first row among the entity's rows
 * @param since event time of that row, milliseconds since the epoch
 * @param until event time of the entity's last row
 */
record LevelShift(int first, long since, long until) {
  private static final double STEADY = 0.7;
  private static final int FEWEST_ROWS = 20;

  /**
   * Looks for the longest end of a series that is steadily extreme.
   *
   * @param times ascending
   * @param extreme of the same length
   * @param leastMillis how long it must have lasted
   */
  static Optional<LevelShift> find(long[] times, boolean[] extreme, long leastMillis) {
    int first = -1;
    int count = 0;
    for (int i = times.length - 1; i >= 0; i--) {
      count += extreme[i] ? 1 : 0;
      if (extreme[i] && count >= STEADY * (times.length - i)) {
        first = i;
      }
    }
    if (first < 0
        || times.length - first < FEWEST_ROWS
        || times[times.length - 1] - times[first] < leastMillis) {
      return Optional.empty();
    }
    return Optional.of(new LevelShift(first, times[first], times[times.length - 1]));
  }
}
