package dev.eddy.cli.demo;

import dev.eddy.definition.StreamDefinition;
import dev.eddy.evaluation.LabelledScore;
import dev.eddy.event.Coordinates;
import dev.eddy.event.DecodedEvent;
import dev.eddy.event.Event;
import dev.eddy.event.EventCodec;
import dev.eddy.event.EventCodecs;
import dev.eddy.feature.ContextLayout;
import dev.eddy.feature.EntityContext;
import dev.eddy.scoring.BaselineScorer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the baselines alone make of the same records in the same order: the figure that the models
 * have to beat. Scores in a thread of its own, beside the stream-app.
 */
final class BaselineBeside implements AutoCloseable {
  private final EventCodec codec;
  private final ContextLayout layout;
  private final BaselineScorer scorer;
  private final Map<String, EntityContext> contexts = new HashMap<>();
  private final List<LabelledScore> scores = new ArrayList<>();
  private final AtomicLong waiting = new AtomicLong();
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "demo-baseline");
            thread.setDaemon(true);
            return thread;
          });

  BaselineBeside(StreamDefinition definition) {
    this.codec = EventCodecs.of(definition);
    this.layout = ContextLayout.of(definition);
    this.scorer = BaselineScorer.of(definition);
  }

  /** Takes an event that was written; it is scored soon. */
  void add(DemoEvent event, Coordinates coordinates) {
    waiting.incrementAndGet();
    try {
      worker.execute(() -> score(event, coordinates));
    } catch (RejectedExecutionException e) {
      waiting.decrementAndGet(); // closed
    }
  }

  private void score(DemoEvent event, Coordinates coordinates) {
    try {
      byte[] key = event.host().getBytes(StandardCharsets.UTF_8);
      DecodedEvent decoded = codec.decode(key, event.value(), 0, coordinates);
      if (decoded instanceof Event read) {
        EntityContext context =
            contexts.computeIfAbsent(read.entity(), entity -> EntityContext.empty(layout));
        double score = scorer.score(context.observe(read)).score();
        synchronized (scores) {
          scores.add(new LabelledScore(score, event.fault() != null, event.fault()));
        }
      }
    } finally {
      waiting.decrementAndGet();
    }
  }

  /** Returns whether everything that was added is scored. */
  boolean isDone() {
    return waiting.get() == 0;
  }

  /** Returns the scores so far; the group is the fault. */
  List<LabelledScore> scores() {
    synchronized (scores) {
      return List.copyOf(scores);
    }
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }
}
