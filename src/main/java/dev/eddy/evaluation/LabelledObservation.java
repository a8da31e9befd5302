package dev.eddy.evaluation;

import static java.util.Objects.requireNonNull;

import dev.eddy.feature.Observation;
import org.jspecify.annotations.Nullable;

/**
 * A row of a file as a detector sees it, and the truth about it.
 *
 * @param labelClass the class of an anomaly as the label column has it; null: the row is normal
 */
public record LabelledObservation(Observation observation, @Nullable String labelClass) {
  /** Checks that there is an observation. */
  public LabelledObservation {
    requireNonNull(observation, "observation");
  }

  /** Returns whether the row is an anomaly. */
  public boolean anomalous() {
    return labelClass != null;
  }
}
