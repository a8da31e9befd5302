package dev.eddy.stream.alert;

import dev.eddy.event.Coordinates;
import dev.eddy.schema.Alert;
import dev.eddy.schema.Reason;
import dev.eddy.scoring.Contribution;
import dev.eddy.scoring.Explanation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the alert that a record raises. */
final class AlertWriter {
  private static final Logger LOG = LoggerFactory.getLogger(AlertWriter.class);

  private AlertWriter() {}

  /**
   * Explains the record and writes its alert.
   *
   * @param escalates id of the alert of the same excursion that it makes critical; null: none
   */
  static Alert write(ScoredRecord scored, double threshold, @Nullable String escalates) {
    Coordinates coordinates = scored.event().coordinates();
    Explanation explanation = explain(scored);
    return Alert.newBuilder()
        .setId(coordinates.toString())
        .setEntity(scored.event().entity())
        .setTimestamp(scored.event().timestampMillis())
        .setTopic(coordinates.topic())
        .setPartition(coordinates.partition())
        .setOffset(coordinates.offset())
        .setScore(scored.score())
        .setPValue(scored.pValue())
        .setThreshold(threshold)
        .setSeverity(AlertPolicy.severity(scored.score(), threshold))
        .setEscalates(escalates)
        .setModelVersion(scored.modelVersion())
        .setSummary(summary(scored, threshold, explanation))
        .setReasons(reasons(explanation.contributions()))
        .setDetectors(scored.detectors())
        .setContext(Arrays.stream(scored.context()).boxed().toList())
        .setBatchRows(scored.batchRows())
        .setBatchRow(scored.batchRow())
        .build();
  }

  private static String summary(ScoredRecord scored, double threshold, Explanation explanation) {
    String summary = AlertSummary.of(scored.event().entity(), explanation);
    return scored.score() < threshold ? summary + AlertSummary.TOGETHER : summary;
  }

  /** An alert without reasons is better than a task that stops over them, again and again. */
  private static Explanation explain(ScoredRecord scored) {
    try {
      return scored.explain();
    } catch (RuntimeException e) { // whatever a record makes the parts throw
      LOG.atWarn()
          .addKeyValue("modelVersion", scored.modelVersion())
          .setCause(e)
          .log("alert cannot be explained");
      return Explanation.NONE;
    }
  }

  private static List<Reason> reasons(List<Contribution> contributions) {
    List<Reason> reasons = new ArrayList<>(contributions.size());
    for (Contribution contribution : contributions) {
      reasons.add(
          Reason.newBuilder()
              .setFeature(contribution.feature())
              .setValue(contribution.value())
              .setExpected(contribution.expected())
              .setNormal(contribution.normal())
              .setContribution(contribution.contribution())
              .build());
    }
    return reasons;
  }
}
