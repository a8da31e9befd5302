package dev.eddy.stream.topology;

import dev.eddy.feature.ContextLayout;
import dev.eddy.feature.Observation;
import dev.eddy.registry.ModelVersion;
import dev.eddy.scoring.BaselineScorer;
import dev.eddy.scoring.ScoredBatch;
import dev.eddy.scoring.ScoringException;
import dev.eddy.stream.batch.MicroBatch;
import dev.eddy.stream.model.Champion;
import java.time.Duration;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scores the events of one task: remembers each in its entity's context, encodes it into the open
 * micro-batch, and forwards every event of the batch with its score when the batch is worked on.
 *
 * <p>A new champion is taken over between two batches: what is open is scored by the model that it
 * was encoded for. A record that the model cannot score, while it can score an ordinary one, is a
 * dead letter; if it cannot score that either, the task stops uncommitted.
 */
final class ScoringTask {
  private static final Logger LOG = LoggerFactory.getLogger(ScoringTask.class);

  private final ProcessorContext<Object, Object> context;
  private final TopologyParts parts;
  private final EntityContexts contexts;
  private final MicroBatch<Held> batch;
  private final BaselineScorer baseline;
  private final ShadowScoring shadow;
  private BatchScorer scorer;
  private ExplanationBudget explanations;
  private @Nullable Champion offered;

  /** An event that waits for its batch. */
  private record Held(Record<String, SourceRecord> record, Observation observation) {}

  ScoringTask(ProcessorContext<Object, Object> context, TopologyParts parts) {
    this.context = context;
    this.parts = parts;
    this.contexts =
        new EntityContexts(context, ContextLayout.of(parts.definition()), parts.entities()::add);
    this.batch =
        new MicroBatch<>(
            context, TopologyNames.BATCH_HOOK, parts.batchSize(), parts.deadline(), this::work);
    this.baseline = BaselineScorer.of(parts.definition());
    this.offered = parts.champions().get();
    BatchScorer model = offered == null ? null : open(offered);
    this.scorer = model == null ? new BaselineBatchScorer(baseline) : model;
    this.explanations = new ExplanationBudget(scorer::explain, System::nanoTime);
    this.shadow = new ShadowScoring(parts.shadow(), parts.threshold(), parts.batchSize());
  }

  void process(Record<String, SourceRecord> record) {
    Champion champion = parts.champions().get();
    if (!Objects.equals(champion, offered)) {
      batch.flush();
      takeOver(champion);
    }
    Observation observation = contexts.observe(record.value().event());
    scorer.add(observation);
    batch.add(new Held(record, observation));
  }

  /** Only between two batches. */
  private void takeOver(@Nullable Champion champion) {
    offered = champion; // also when it cannot be opened: it is not tried again for each record
    String wanted = champion == null ? ModelVersion.BASELINE.value() : champion.version().value();
    if (wanted.equals(scorer.version())) {
      return; // offered again, since another one could not be opened
    }
    long start = System.nanoTime();
    BatchScorer next = champion == null ? new BaselineBatchScorer(baseline) : open(champion);
    if (next != null) {
      scorer.close();
      scorer = next;
      parts.metrics().swapped(Duration.ofNanos(System.nanoTime() - start));
    }
  }

  /** Null: it was refused. */
  private @Nullable BatchScorer open(Champion champion) {
    try {
      var model = new ModelBatchScorer(champion, parts.batchSize());
      LOG.atInfo()
          .addKeyValue("taskId", context.taskId())
          .addKeyValue("modelVersion", champion.version())
          .log("took over a model");
      return parts.baselineBeside() ? new SecondOpinionBatchScorer(model, baseline) : model;
    } catch (RuntimeException e) { // whatever an engine throws
      parts.refusals().refuse(champion.version(), e);
      return null;
    }
  }

  private void work(MicroBatch<Held> open) {
    Duration wait = open.age();
    long start = System.nanoTime();
    ScoredBatch scored = scored(open);
    Duration scoring = Duration.ofNanos(System.nanoTime() - start);
    explanations = new ExplanationBudget(scorer::explain, System::nanoTime);
    int lost = 0;
    for (int i = 0; i < open.size(); i++) {
      if (scored != null) {
        forward(open, i, scored, i);
      } else if (!forwardAlone(open, i)) {
        lost++;
      }
    }
    parts.metrics().batch(open.size() - lost, scorer.isModel(), scoring, wait);
    if (scored != null) {
      shadow.score(open.size(), i -> open.get(i).observation(), scored, scoring);
    }
    scorer.clear();
  }

  /** Null: the batch cannot be scored as a whole, because of one of its records. */
  private @Nullable ScoredBatch scored(MicroBatch<Held> open) {
    try {
      return scorer.score();
    } catch (ScoringException e) {
      if (!scorer.canScore()) {
        throw e;
      }
      LOG.atWarn()
          .addKeyValue("taskId", context.taskId())
          .addKeyValue("modelVersion", scorer.version())
          .addKeyValue("records", open.size())
          .log("batch holds a record that cannot be scored");
      return null;
    }
  }

  private boolean forwardAlone(MicroBatch<Held> open, int index) {
    try {
      forward(open, index, scorer.scoreAlone(open.get(index).observation()), 0);
      return true;
    } catch (ScoringException e) {
      refuse(open, index);
      return false;
    }
  }

  private void forward(MicroBatch<Held> open, int index, ScoredBatch scored, int row) {
    Held held = open.get(index);
    var event =
        new ScoredEvent(
            held.observation(),
            scored.score(row),
            scored.detectors(row),
            scorer.version(),
            scored.rows(),
            row,
            explanations);
    open.become(index);
    Record<Object, Object> record =
        new Record<>(
            held.record().key(), event, held.record().timestamp(), held.record().headers());
    context.forward(record, TopologyNames.SCORES);
    context.forward(record, TopologyNames.ALERT);
    parts.metrics().score(event.score());
    parts.listener().scored(event.observation(), event.score());
  }

  private void refuse(MicroBatch<Held> open, int index) {
    Record<String, SourceRecord> record = open.get(index).record();
    parts.metrics().deadLetter(DeadLetters.UNSCORABLE);
    open.become(index);
    context.forward(
        DeadLetters.of(
            record.value().key(),
            record.value().value(),
            record.timestamp(),
            record.headers(),
            record.value().event().coordinates(),
            DeadLetters.UNSCORABLE,
            "record must be scorable by model " + scorer.version()),
        TopologyNames.DEAD_LETTERS);
  }

  void close() {
    batch.close();
    contexts.close();
    scorer.close();
    shadow.close();
  }
}
