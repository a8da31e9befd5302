package dev.eddy.evaluation;

import org.jspecify.annotations.Nullable;

/**
 * A score and the truth about its record.
 *
 * @param score higher is more anomalous; not NaN
 * @param anomalous the truth
 * @param group what recall is broken down by: the episode or the class of an anomaly; null: none
 */
public record LabelledScore(double score, boolean anomalous, @Nullable String group) {

  /** Refuses NaN: it has no place in an order. */
  public LabelledScore {
    if (Double.isNaN(score)) {
      throw new IllegalArgumentException("score must be a number, got NaN");
    }
  }

  /** A score with its truth, in no group. */
  public static LabelledScore of(double score, boolean anomalous) {
    return new LabelledScore(score, anomalous, null);
  }
}
