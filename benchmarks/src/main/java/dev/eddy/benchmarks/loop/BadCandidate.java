package dev.eddy.benchmarks.loop;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.eddy.augmentation.GeneratorSettings;
import dev.eddy.augmentation.GeneratorTrainer;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.event.Coordinates;
import dev.eddy.event.Event;
import dev.eddy.event.EventCodec;
import dev.eddy.event.EventCodecs;
import dev.eddy.feature.ContextLayout;
import dev.eddy.feature.EntityContexts;
import dev.eddy.feature.Sample;
import dev.eddy.feature.Sample.Truth;
import dev.eddy.model.ModelDevice;
import dev.eddy.registry.ModelRegistry;
import dev.eddy.scoring.DetectionTrainer;
import dev.eddy.trainer.collection.TrainingSnapshot;
import dev.eddy.trainer.gate.PromotionGate;
import dev.eddy.trainer.training.EnsembleLearner;
import dev.eddy.trainer.training.LearningCurves;
import dev.eddy.trainer.training.TrainingOutcome;
import dev.eddy.trainer.training.TrainingRun;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Somebody with a trainer of his own and wrong labels, who hands what he trained to the gate. He
 * has the last records of the stream, and the truth to measure by. An instance belongs to one
 * thread; what it hands in, to any.
 */
final class BadCandidate {
  private static final int ROWS = 8_000;
  private static final int FLOOD = 1_000;

  private final StreamDefinition definition;
  private final EventCodec codec;
  private final EntityContexts contexts;
  private final Deque<Sample> rows = new ArrayDeque<>();
  private final Deque<Sample> flood = new ArrayDeque<>();

  BadCandidate(StreamDefinition definition) {
    this.definition = definition;
    this.codec = EventCodecs.of(definition);
    this.contexts = new EntityContexts(ContextLayout.of(definition), 1_000);
  }

  /** Sees a record of the stream. */
  void saw(World.Line line, long offset, long now) {
    var coordinates = new Coordinates(definition.source().topic(), 0, offset);
    Event event = (Event) codec.decode(null, line.json().getBytes(UTF_8), now, coordinates);
    var observation = contexts.observe(event);
    if (line.poisonous()) {
      keep(flood, new Sample(observation, Truth.UNKNOWN, null), FLOOD);
    } else if (line.anomalous()) {
      keep(rows, new Sample(observation, Truth.ANOMALOUS, line.kind()), ROWS);
    } else {
      keep(rows, new Sample(observation, Truth.UNKNOWN, null), ROWS);
    }
  }

  private static void keep(Deque<Sample> samples, Sample sample, int most) {
    samples.addLast(sample);
    if (samples.size() > most) {
      samples.removeFirst();
    }
  }

  /**
   * Prepares a training on what it has seen until now, which the gate judges and publishes as it
   * does the trainer's own.
   */
  Supplier<TrainingOutcome> handIn(ModelRegistry registry) {
    var seen = new TrainingSnapshot(new ArrayList<>(rows), new TreeMap<>());
    var honest =
        new EnsembleLearner(
            definition,
            ModelDevice.CPU,
            new DetectionTrainer(definition.detection()),
            new GeneratorTrainer(GeneratorSettings.of(definition.augmentation().generation())),
            outcome -> {});
    var run =
        new TrainingRun(
            definition,
            new TurnedLabels(honest, new ArrayList<>(flood)),
            new PromotionGate(definition, definition.training().seed()),
            new LearningCurves(),
            registry,
            Clock.systemUTC(),
            "bench");
    return () -> run.train(seen, "handed in with turned labels", () -> false).orElseThrow();
  }
}
