package dev.eddy.stream.alert;

import dev.eddy.schema.Severity;
import java.time.Duration;

/**
 * Decides when a person is called. A record is anomalous
 *
 * <ul>
 *   <li>if its score reaches the threshold, which half of the alert budget allows, or
 *   <li>if its entity's last records are unusual together: the cumulative sum (CUSUM) of what their
 *       scores exceed {@value #DRIFT} by reaches {@value #LIMIT} thresholds, and it adds to that.
 * </ul>
 *
 * <p>The sum is Page's ("Continuous inspection schemes", Biometrika 41, 1954): S = max(0, S + score
 * - {@value #DRIFT}). Scores of normal records are exponentially distributed with mean 1, so it
 * falls back to 0 by itself; were they independent, a normal record would find it at h with a
 * probability of about exp(-0.89 h). The limit of {@value #LIMIT} thresholds is far beyond that
 * because neighbouring records of an entity resemble each other. One record counts for no more than
 * the threshold: the sum is there for what lasts.
 *
 * <p>The first anomalous record of an entity raises an alert and opens an excursion. Further ones
 * extend it and raise none, but for the first that is critical after a warning: what was a nuisance
 * may have become a fault, or hide one. The excursion is over when no record was anomalous for the
 * cooldown, in event time; the next anomalous record then raises an alert again. Late records
 * belong to the excursion that they are near to.
 */
final class AlertPolicy {
  static final double DRIFT = 2.5;
  static final double LIMIT = 2.5;

  /** The sum goes no higher than this many limits, so that an excursion can end. */
  private static final double MOST = 1.5;

  /** A record this many times rarer than the threshold asks for is critical. */
  private static final double CRITICAL_FACTOR = 100;

  private final long cooldownMillis;

  AlertPolicy(Duration cooldown) {
    this.cooldownMillis = cooldown.toMillis();
  }

  /**
   * What follows from a record.
   *
   * @param next what to remember of the entity
   * @param call whether to raise an alert
   */
  record Verdict(AlertState next, Call call) {
    /** Returns whether to raise an alert. */
    boolean raises() {
      return call != Call.NONE;
    }
  }

  /** Whether and why a record calls a person. */
  enum Call {
    /** It does not. */
    NONE,
    /** It opens an excursion. */
    OPENS,
    /** It is critical, and what was raised of its excursion so far was a warning. */
    ESCALATES
  }

  /** Says how bad a score is that raised an alert. */
  static Severity severity(double score, double threshold) {
    return score >= threshold + Math.log(CRITICAL_FACTOR) ? Severity.CRITICAL : Severity.WARNING;
  }

  /** Returns whether a score says nothing about an entity that behaves: the common case. */
  boolean isOrdinary(double score) {
    return score < DRIFT;
  }

  /**
   * Judges a record of an entity.
   *
   * @param offset the record's
   */
  Verdict judge(AlertState state, long timestamp, long offset, double score, double threshold) {
    double limit = LIMIT * threshold;
    double sum = state.evidence() + Math.min(score, threshold) - DRIFT;
    double evidence = Math.max(0, Math.min(MOST * limit, sum));
    boolean anomalous = score >= threshold || (evidence >= limit && !isOrdinary(score));
    boolean inExcursion = state.inExcursion(timestamp, cooldownMillis);
    if (!anomalous) {
      boolean over = timestamp > state.lastAnomalous() && !inExcursion;
      AlertState next =
          over
              ? AlertState.calm(evidence)
              : new AlertState(evidence, state.lastAnomalous(), state.opened(), state.critical());
      return new Verdict(next, Call.NONE);
    }
    boolean critical = severity(score, threshold) == Severity.CRITICAL;
    if (!inExcursion) {
      return new Verdict(new AlertState(evidence, timestamp, offset, critical), Call.OPENS);
    }
    boolean escalates = critical && !state.critical();
    long last = Math.max(state.lastAnomalous(), timestamp);
    return new Verdict(
        new AlertState(evidence, last, state.opened(), critical || state.critical()),
        escalates ? Call.ESCALATES : Call.NONE);
  }
}
