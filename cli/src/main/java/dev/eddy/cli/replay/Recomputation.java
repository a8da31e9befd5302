package dev.eddy.cli.replay;

import dev.eddy.event.Event;
import dev.eddy.feature.ContextLayout;
import dev.eddy.feature.Observation;
import dev.eddy.model.ModelDevice;
import dev.eddy.schema.Alert;
import dev.eddy.scoring.DetectionModel;
import dev.eddy.scoring.ScoredBatch;
import dev.eddy.scoring.Scorer;
import dev.eddy.scoring.SecondOpinion;
import java.util.Map;

/**
 * An alert's score, computed again from its record, its entity's context as the alert keeps it, and
 * the model. What the baselines said is taken from the alert: they had learned from every record
 * before it, and nobody keeps that.
 *
 * @param score the score again, model and second opinion fused
 * @param modelWas the model's own score in the alert
 * @param model the model's own score again
 * @param detectors the scores of the model's parts again, by name
 */
record Recomputation(double score, double modelWas, double model, Map<String, Double> detectors) {

  /**
   * Computes.
   *
   * @throws IllegalArgumentException if the alert does not hold what is needed
   */
  static Recomputation of(
      Alert alert, Event event, ContextLayout layout, DetectionModel detection) {
    double[] context = alert.getContext().stream().mapToDouble(Double::doubleValue).toArray();
    if (alert.getBatchRows() < 1 || context.length != layout.columns().size()) {
      throw new IllegalArgumentException(
          "alert must hold its context and its place in the batch, got %d numbers and %d rows;"
                  .formatted(context.length, alert.getBatchRows())
              + " an older Eddy wrote it");
    }
    try (Scorer scorer = detection.open(ModelDevice.CPU)) {
      int row = alert.getBatchRow();
      ScoredBatch scored =
          scorer.score(
              scorer
                  .encoder()
                  .encodeAt(new Observation(event, context), row, alert.getBatchRows()));
      Double second = alert.getDetectors().get(SecondOpinion.BASELINE);
      double own = scored.score(row);
      return new Recomputation(
          second == null ? own : SecondOpinion.fuse(own, second),
          alert.getDetectors().getOrDefault(SecondOpinion.MODEL, alert.getScore()),
          own,
          scored.detectors(row));
    }
  }

  /** Returns how far the score and each part are from the alert's, at most; 0: bit by bit equal. */
  double difference(Alert alert) {
    double largest = Math.max(distance(score, alert.getScore()), distance(model, modelWas));
    for (Map.Entry<String, Double> part : detectors.entrySet()) {
      double was = alert.getDetectors().getOrDefault(part.getKey(), Double.NaN);
      largest = Math.max(largest, distance(part.getValue(), was));
    }
    return largest;
  }

  private static double distance(double one, double other) {
    if (Double.doubleToLongBits(one) == Double.doubleToLongBits(other)) {
      return 0;
    }
    double distance = Math.abs(one - other);
    return Double.isNaN(distance) ? Double.POSITIVE_INFINITY : distance;
  }
}
