package dev.eddy.stream.topology;

import dev.eddy.feature.Observation;

/**
 * Hears of each score as it is given, on the thread that scores: for a live view, not for the
 * record, since a transaction may take it back.
 */
@FunctionalInterface
public interface ScoreListener {
  /**
   * Must return at once and never throw.
   *
   * @param score fused score, -ln of the p-value
   */
  void scored(Observation observation, double score);
}
