package dev.eddy.feature;

/**
 * What one number does at each hour of a season, in an entity's state: for each hour a weight and a
 * mean, and how far values usually are from the mean of their hour. Each hour's mean forgets with
 * the number of values in that hour, so that it follows a slow change of habits.
 */
final class SeasonMemory {
  private static final int HEADER = 2; // weight and sum of squares of the distances
  private static final double FORGETTING = 1.0 / 50;

  private final double[] state;
  private final int at;
  private final int hour;

  /** Looks at a part of a state, at a time. */
  SeasonMemory(double[] state, int at, Cycle cycle, long timestampMillis) {
    this.state = state;
    this.at = at;
    this.hour = at + HEADER + 2 * cycle.hour(timestampMillis);
  }

  /** Returns how many numbers of a state it takes. */
  static int length(Cycle cycle) {
    return HEADER + 2 * cycle.hours();
  }

  /** Returns whether the hour was ever seen, and enough distances from what is usual. */
  boolean known() {
    return state[hour] > 0 && state[at] >= ContextLayout.KNOWN_AFTER - 1;
  }

  /** Returns what is usual at this hour. */
  double mean() {
    return state[hour + 1];
  }

  /** Returns how far values usually are from what is usual at their hour. */
  double deviation() {
    return state[at] > 0 ? Math.sqrt(state[at + 1] / state[at]) : 0;
  }

  /**
   * Learns a value.
   *
   * @param limit distance beyond which it is learned as if it stood there
   * @param decay of the weight of a distance with each one after it
   */
  void learn(double value, double limit, double decay) {
    if (state[hour] == 0) {
      state[hour] = 1;
      state[hour + 1] = value;
      return;
    }
    double distance = Math.max(-limit, Math.min(limit, value - mean()));
    double weight = (1 - FORGETTING) * state[hour] + 1;
    state[hour] = weight;
    state[hour + 1] += distance / weight;
    state[at] = decay * state[at] + 1;
    state[at + 1] = decay * state[at + 1] + distance * distance;
  }
}
