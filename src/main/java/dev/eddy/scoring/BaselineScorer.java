package dev.eddy.scoring;

import dev.eddy.definition.StreamDefinition;
import dev.eddy.feature.Observation;
import java.util.List;
import java.util.Map;

/**
 * Scores from the first record on, with no model: robust statistics against the entity's own past,
 * and Random Cut Forest on a bounded share of records. Calibrated as it goes. An instance belongs
 * to one thread.
 */
public final class BaselineScorer {
  private BaselineScorer() {}

  /** Makes a scorer that has seen nothing. */
  public static BaselineScorer of(StreamDefinition definition, long seed) {
    throw new IllegalStateException("under construction: " + definition + seed);
  }

  /**
   * One record's score.
   *
   * @param score fused, -ln of its p-value
   * @param detectors the parts' scores by name, each -ln of its own p-value
   */
  public record BaselineScore(double score, Map<String, Double> detectors) {}

  /** Scores a record and learns from it. */
  public BaselineScore score(Observation observation) {
    throw new IllegalStateException("under construction: " + observation);
  }

  /** Says which fields differ most from the entity's own past; largest contribution first. */
  public List<Contribution> explain(Observation observation) {
    throw new IllegalStateException("under construction: " + observation);
  }
}
