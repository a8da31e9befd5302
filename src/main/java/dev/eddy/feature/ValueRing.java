package dev.eddy.feature;

import dev.eddy.definition.StreamDefinition.Statistic;

/** The last values of one number, in an entity's state: a counter, then a ring of values. */
final class ValueRing {
  private final double[] state;
  private final int at;
  private final int length;

  /**
   * Looks at a part of a state.
   *
   * @param at place of the counter
   * @param length values that are remembered
   */
  ValueRing(double[] state, int at, int length) {
    this.state = state;
    this.at = at;
    this.length = length;
  }

  /** Remembers a value in place of the oldest one. */
  void add(double value) {
    long seen = (long) state[at];
    state[at + 1 + (int) (seen % length)] = value;
    state[at] = seen + 1;
  }

  /** Returns how many values were ever added. */
  double seen() {
    return state[at];
  }

  /** Returns the value of so many values ago, 0 for the last one; it must be remembered. */
  double ago(int values) {
    long place = (long) state[at] - 1 - values;
    return state[at + 1 + (int) (place % length)];
  }

  /** Returns the mean of the last values, as many as the window has. */
  double mean(int window) {
    double sum = 0;
    for (int i = 0; i < window; i++) {
      sum += ago(i);
    }
    return sum / window;
  }

  /**
   * Returns a statistic of the last values in the entity's own deviations.
   *
   * @param level mean of the window
   * @param mean the entity's own
   * @param scale the entity's own deviation, floored; positive
   */
  double statistic(Statistic statistic, int window, double level, double mean, double scale) {
    return switch (statistic) {
      case SPREAD -> spread(window, level) / scale;
      case SLOPE -> slope(window) * (window - 1) / scale;
      case MINIMUM -> (extreme(window, -1) - mean) / scale;
      case MAXIMUM -> (extreme(window, 1) - mean) / scale;
    };
  }

  private double spread(int window, double level) {
    double squares = 0;
    for (int i = 0; i < window; i++) {
      squares += (ago(i) - level) * (ago(i) - level);
    }
    return Math.sqrt(squares / window);
  }

  /** Returns the change a value along the least-squares line. */
  private double slope(int window) {
    double middle = (window - 1) / 2.0;
    double product = 0;
    double squares = 0;
    for (int i = 0; i < window; i++) {
      double place = middle - i; // the last value stands furthest right
      product += place * ago(i);
      squares += place * place;
    }
    return product / squares;
  }

  private double extreme(int window, int sign) {
    double extreme = sign * ago(0);
    for (int i = 1; i < window; i++) {
      extreme = Math.max(extreme, sign * ago(i));
    }
    return sign * extreme;
  }
}
