package dev.eddy.cli.models;

import dev.eddy.definition.StreamDefinition;
import dev.eddy.feature.FeatureMatrix;
import dev.eddy.feature.Observation;
import dev.eddy.model.ModelDevice;
import dev.eddy.registry.TrainedModel;
import dev.eddy.schema.Severity;
import dev.eddy.scoring.Contribution;
import dev.eddy.scoring.ScoredBatch;
import dev.eddy.scoring.Scorer;
import dev.eddy.scoring.SecondOpinion;
import dev.eddy.stream.alert.AlertReplay;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one version would have made of a stream's records. An instance belongs to one thread. */
final class VersionReplay implements AutoCloseable {
  private static final int REASONS = 3;

  private final Scorer scorer;
  private final AlertReplay alerts;
  private final FeatureMatrix rows;
  private final List<ReplayedAlert> raised = new ArrayList<>();

  /** One record that waits for its batch. */
  record Waiting(Observation observation, String text, boolean counts) {}

  VersionReplay(
      StreamDefinition definition,
      TrainedModel model,
      ModelDevice device,
      int partitions,
      int batchSize) {
    this.scorer = model.detection().open(device);
    this.alerts = new AlertReplay(definition.alerts(), partitions);
    this.rows = new FeatureMatrix(scorer.encoder().width(), batchSize);
  }

  /**
   * Scores a batch and remembers the alerts that it raises.
   *
   * @param baseline the second opinion on each record; null where there is none
   */
  void score(List<Waiting> batch, double @Nullable [] baseline) {
    rows.clear();
    batch.forEach(record -> scorer.encoder().encode(record.observation(), rows));
    ScoredBatch own = scorer.score(rows);
    ScoredBatch scored = baseline == null ? own : SecondOpinion.fuse(own, baseline);
    for (int row = 0; row < batch.size(); row++) {
      take(batch.get(row), scored.score(row));
    }
  }

  private void take(Waiting record, double score) {
    var event = record.observation().event();
    alerts
        .take(event.coordinates().partition(), event.entity(), event.timestampMillis(), score)
        .filter(alert -> record.counts())
        .ifPresent(alert -> raised.add(alert(record, score, alert.severity())));
  }

  private ReplayedAlert alert(Waiting record, double score, Severity severity) {
    var event = record.observation().event();
    List<Contribution> reasons =
        scorer.explain(record.observation(), null).contributions().stream().limit(REASONS).toList();
    return new ReplayedAlert(
        event.coordinates(),
        event.entity(),
        event.timestampMillis(),
        score,
        severity,
        record.text(),
        reasons);
  }

  List<ReplayedAlert> raised() {
    return List.copyOf(raised);
  }

  @Override
  public void close() {
    scorer.close();
  }
}
