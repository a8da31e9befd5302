package dev.eddy.stream.alert;

import java.time.Duration;

/**
 * Decides when a person is called. A record is anomalous
 *
 * <ul>
 *   <li>if its score reaches the threshold that the alert budget allows, or
 *   <li>if it and its entity's last records are suspicious together: {@value #SUSPICIOUS_RECORDS}
 *       of the last {@value #RECENT_RECORDS} reach {@value #SUSPICIOUS_SHARE} of the threshold. Of
 *       normal records that do not depend on each other, far fewer than the budget do so.
 * </ul>
 *
 * <p>The first anomalous record of an entity raises an alert and opens an excursion. Further ones
 * extend it and raise none. The excursion is over when no record was anomalous for the cooldown, in
 * event time; the next anomalous record then raises an alert again. Late records belong to the
 * excursion that they are near to.
 */
final class AlertPolicy {
  static final int RECENT_RECORDS = 5;
  static final int SUSPICIOUS_RECORDS = 4;
  static final double SUSPICIOUS_SHARE = 0.6;
  private static final int RECENT_MASK = (1 << RECENT_RECORDS) - 1;

  private final long cooldownMillis;

  AlertPolicy(Duration cooldown) {
    this.cooldownMillis = cooldown.toMillis();
  }

  /**
   * What follows from a record.
   *
   * @param next what to remember of the entity
   * @param raises whether to raise an alert
   */
  record Verdict(AlertState next, boolean raises) {}

  /** Returns whether a score says nothing about an entity that behaves: the common case. */
  boolean isOrdinary(double score, double threshold) {
    return score < SUSPICIOUS_SHARE * threshold;
  }

  /** Judges a record of an entity. */
  Verdict judge(AlertState state, long timestamp, double score, double threshold) {
    int bit = isOrdinary(score, threshold) ? 0 : 1;
    int recent = ((state.recent() << 1) | bit) & RECENT_MASK;
    boolean anomalous =
        score >= threshold || (bit == 1 && Integer.bitCount(recent) >= SUSPICIOUS_RECORDS);
    boolean inExcursion = state.inExcursion(timestamp, cooldownMillis);
    if (anomalous) {
      long last = inExcursion ? Math.max(state.lastAnomalous(), timestamp) : timestamp;
      return new Verdict(new AlertState(recent, last), !inExcursion);
    }
    boolean over = timestamp > state.lastAnomalous() && !inExcursion;
    return new Verdict(
        new AlertState(recent, over ? Long.MIN_VALUE : state.lastAnomalous()), false);
  }
}
