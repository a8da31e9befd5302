package dev.eddy.trainer;

import static java.util.Objects.requireNonNull;

import dev.eddy.definition.StreamDefinition;
import dev.eddy.drift.Drift;
import dev.eddy.drift.DriftReference;
import dev.eddy.feature.Observation;
import dev.eddy.registry.ModelArtifact;
import dev.eddy.registry.ModelLoadException;
import dev.eddy.registry.ModelRegistry;
import dev.eddy.registry.ModelUnavailableException;
import dev.eddy.registry.ModelVersion;
import dev.eddy.schema.DriftReport;
import dev.eddy.trainer.ChampionWatch.Serving;
import dev.eddy.trainer.drift.DriftMonitor;
import dev.eddy.trainer.drift.QuestionLog;
import dev.eddy.trainer.feed.DriftTopic;
import dev.eddy.trainer.training.Learner;
import dev.eddy.trainer.training.TrainingOutcome;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drift and questions about a new normal, from the records to the topic S.drift and the meters. An
 * instance belongs to the reading thread.
 */
final class DriftWatch implements DriftMonitor.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(DriftWatch.class);

  private final ModelRegistry registry;
  private final Learner learner;
  private final ChampionWatch champion;
  private final TrainerMetrics metrics;
  private final BooleanSupplier elected;
  private final DriftMonitor monitor;
  private final QuestionLog questions;
  private @Nullable DriftTopic topic;

  /**
   * Makes a watch.
   *
   * @param elected whether it is this trainer that reports
   */
  DriftWatch(
      StreamDefinition definition,
      ModelRegistry registry,
      Learner learner,
      ChampionWatch champion,
      TrainerMetrics metrics,
      BooleanSupplier elected,
      Clock clock) {
    this.registry = requireNonNull(registry, "registry");
    this.learner = requireNonNull(learner, "learner");
    this.champion = requireNonNull(champion, "champion");
    this.metrics = requireNonNull(metrics, "metrics");
    this.elected = requireNonNull(elected, "elected");
    this.monitor = new DriftMonitor(definition, this::open, this, clock);
    this.questions = new QuestionLog(clock);
  }

  private Optional<DriftMonitor.Champion> open(ModelVersion version) {
    try {
      ModelArtifact artifact = registry.load(version);
      byte[] reference = artifact.parts().get(DriftReference.FILE);
      return reference == null
          ? Optional.empty()
          : Optional.of(
              new DriftMonitor.Champion(
                  DriftReference.fromJson(reference), learner.open(artifact)));
    } catch (ModelUnavailableException e) {
      throw e; // which says nothing of the model
    } catch (ModelLoadException | IllegalArgumentException e) {
      LOG.atWarn()
          .addKeyValue("version", version)
          .addKeyValue("reason", e.getMessage())
          .log("no drift can be told from this champion");
      return Optional.empty();
    }
  }

  /** Says where reports go. */
  void reportTo(DriftTopic drift) {
    topic = drift;
  }

  /** Takes a report that stands on S.drift, of whichever trainer. */
  void reported(DriftReport report) {
    questions.restore(report);
    metrics.questions(questions.open());
  }

  /** Takes the next record. */
  void observe(Observation observation) {
    Serving serving = champion.serving();
    if (serving != null && serving.isNew(observation.event().coordinates())) {
      monitor.champion(serving.version());
      monitor.observe(observation);
    }
  }

  /** Returns what has drifted, for people; null: nothing. */
  @Nullable String alarm() {
    return monitor.alarm();
  }

  void trainingBegins() {
    monitor.trainingBegins();
  }

  /** Takes what the guard of a training found. */
  void trained(TrainingOutcome outcome) {
    Serving serving = champion.serving();
    questions
        .update(outcome.screened().questions(), serving == null ? null : serving.version().value())
        .forEach(
            report -> {
              LOG.atInfo()
                  .addKeyValue("entity", report.getSubject())
                  .log(report.getDrifted() ? "new normal?" : "new normal: answered or over");
              report(report);
            });
    metrics.questions(questions.open());
  }

  @Override
  public void compared(List<Drift> drifts) {
    metrics.drift(drifts);
  }

  @Override
  public void report(DriftReport report) {
    if (topic != null && elected.getAsBoolean()) {
      topic.write(report);
    }
  }

  @Override
  public void alarm(String subject) {
    metrics.driftAlarm();
    LOG.atWarn().addKeyValue("subject", subject).log("the stream has drifted");
  }
}
