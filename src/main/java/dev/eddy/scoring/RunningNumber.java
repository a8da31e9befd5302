package dev.eddy.scoring;

import dev.eddy.definition.Feature;

/**
 * Mean and deviation of one number over the stream so far, the last thousand records weighing as
 * much as all before them. A value beyond 20 deviations is learned as if it stood there, so that
 * one absurd value does not hide the next.
 */
final class RunningNumber {
  private static final double DECAY = Math.pow(0.5, 1 / 1000.0);
  private static final double KNOWN_AFTER = 10;
  private static final double LEARNING_LIMIT = 20;
  private static final double DEVIATION_LIMIT = 100;
  private static final double RELATIVE_SCALE = 1e-9;
  private static final double VALUE_LIMIT = 1e100;

  private final Feature feature;
  private double weight;
  private double mean;
  private double variance;
  private long records;
  private long missing;

  RunningNumber(Feature feature) {
    this.feature = feature;
  }

  /** Returns how many deviations a value lies from the mean, within 100; 0 while unknown. */
  double deviation(double value) {
    if (weight < KNOWN_AFTER) {
      return 0;
    }
    double deviation = (bounded(value) - mean) / scale();
    return Math.max(-DEVIATION_LIMIT, Math.min(DEVIATION_LIMIT, deviation));
  }

  /** Returns the deviation, as far as a difference may count. */
  double scale() {
    return Math.max(
        Math.max(Math.sqrt(variance), feature.minimumDeviation().around(mean)),
        Math.max(RELATIVE_SCALE * Math.abs(mean), Double.MIN_NORMAL));
  }

  /**
   * Returns -ln of the share of records so far in which the number was missing, one half added; in
   * nats, {@code > 0}.
   */
  double absence() {
    return -Math.log((missing + 0.5) / (records + 1));
  }

  /** Learns a value; NaN where it is missing. */
  void learn(double value) {
    records++;
    if (Double.isNaN(value)) {
      missing++;
      return;
    }
    boolean limited = weight >= KNOWN_AFTER && variance > 0;
    double limit = limited ? LEARNING_LIMIT * scale() : Double.POSITIVE_INFINITY;
    double learned = Math.max(mean - limit, Math.min(mean + limit, bounded(value)));
    weight = DECAY * weight + 1;
    double difference = learned - mean;
    double share = 1 / weight;
    mean += share * difference;
    variance = (1 - share) * (variance + share * difference * difference);
  }

  /** Returns whether enough values were learned to say anything. */
  boolean known() {
    return weight >= KNOWN_AFTER;
  }

  /** Returns the mean. */
  double mean() {
    return mean;
  }

  private static double bounded(double value) {
    return Math.max(-VALUE_LIMIT, Math.min(VALUE_LIMIT, value));
  }
}
