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

  /**
   * Says how far observations are from normal ones, whether or not anybody has labelled their kind:
   * where a score leans on labels, it may rank an unknown kind below the known ones.
   *
   * @return one value each in their order, on the scale of the scores and not below them
   */
  default double[] oddity(List<Observation> observations) {
    return score(observations);
  }
}
