package dev.eddy.stream.alert;

import dev.eddy.event.Coordinates;
import dev.eddy.schema.Alert;
import dev.eddy.schema.Reason;
import dev.eddy.schema.Severity;
import dev.eddy.scoring.Contribution;
import dev.eddy.scoring.Explanation;
import dev.eddy.scoring.ScoringException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the alert that a record raises. */
final class AlertWriter {
  /** A record this many times rarer than the threshold asks for is critical. */
  static final double CRITICAL_FACTOR = 100;

  private static final Logger LOG = LoggerFactory.getLogger(AlertWriter.class);

  private AlertWriter() {}

  /** Explains the record and writes its alert. */
  static Alert write(ScoredRecord scored, double threshold) {
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
        .setSeverity(severity(scored.score(), threshold))
        .setModelVersion(scored.modelVersion())
        .setSummary(AlertSummary.of(scored.event().entity(), explanation))
        .setReasons(reasons(explanation.contributions()))
        .setDetectors(scored.detectors())
        .setContext(Arrays.stream(scored.context()).boxed().toList())
        .setBatchRows(scored.batchRows())
        .setBatchRow(scored.batchRow())
        .build();
  }

  /** An alert without reasons is better than a task that stops over them, again and again. */
  private static Explanation explain(ScoredRecord scored) {
    try {
      return scored.explain();
    } catch (ScoringException e) {
      LOG.atWarn()
          .addKeyValue("modelVersion", scored.modelVersion())
          .setCause(e)
          .log("alert cannot be explained");
      return Explanation.NONE;
    }
  }

  /** Says how bad a score is that raised an alert. */
  static Severity severity(double score, double threshold) {
    return score >= threshold + Math.log(CRITICAL_FACTOR) ? Severity.CRITICAL : Severity.WARNING;
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
