package dev.eddy.feature;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * An observation and what is known of its truth: what the trainer learns from.
 *
 * @param labelClass the class as labelled; null where the truth is unknown or no class was named
 */
public record Sample(Observation observation, Truth truth, @Nullable String labelClass) {

  /** What is known of a record. */
  public enum Truth {
    /** Nobody has said anything. Mostly normal, as a rule. */
    UNKNOWN,
    /** Somebody said that it is normal. */
    NORMAL,
    /** Somebody said that it is an anomaly. */
    ANOMALOUS
  }

  /** Checks that the parts are there. */
  public Sample {
    requireNonNull(observation, "observation");
    requireNonNull(truth, "truth");
  }
}
