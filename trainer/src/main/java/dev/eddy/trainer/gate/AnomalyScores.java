package dev.eddy.trainer.gate;

import dev.eddy.feature.Observation;
import java.util.List;

/** Gives observations their scores; higher is more anomalous. */
@FunctionalInterface
public interface AnomalyScores {

  /**
   * Scores observations.
   *
   * @return one finite score each, in their order
   */
  double[] score(List<Observation> observations);
}
