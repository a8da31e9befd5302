package dev.eddy.benchmarks.stream;

import dev.eddy.definition.Detection;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.event.Coordinates;
import dev.eddy.event.Event;
import dev.eddy.event.EventCodec;
import dev.eddy.event.EventCodecs;
import dev.eddy.feature.ContextLayout;
import dev.eddy.feature.Encoder;
import dev.eddy.feature.EntityContext;
import dev.eddy.feature.FeatureMatrix;
import dev.eddy.feature.Observation;
import dev.eddy.feature.Sample;
import dev.eddy.model.ModelDevice;
import dev.eddy.registry.ModelVersion;
import dev.eddy.scoring.DetectionModel;
import dev.eddy.scoring.DetectionTrainer;
import dev.eddy.stream.model.Champion;
import java.util.ArrayList;
import java.util.List;

/** Trains the models that the benchmarks serve, with the trainer's own classes. */
final class Models {
  private static final int TRAINING_RECORDS = 4_000;

  private final Encoder encoder;
  private final List<Sample> samples = new ArrayList<>();
  private final long seed;
  private final ModelDevice device;

  Models(StreamDefinition definition, long seed, ModelDevice device) {
    this.seed = seed;
    this.device = device;
    BenchRecords records = new BenchRecords(seed);
    EventCodec codec = EventCodecs.of(definition);
    EntityContext context = EntityContext.empty(ContextLayout.of(definition));
    List<Observation> observations = new ArrayList<>();
    for (int i = 0; i < TRAINING_RECORDS; i++) {
      var coordinates = new Coordinates("training", 0, i);
      Event event = (Event) codec.decode(records.nextKey(), records.nextValue(), i, coordinates);
      Observation observation = context.observe(event);
      observations.add(observation);
      samples.add(new Sample(observation, Sample.Truth.UNKNOWN, null));
    }
    encoder = Encoder.fit(definition, observations);
  }

  /** Trains a model of these parts. */
  DetectionModel train(Detection settings) {
    return new DetectionTrainer(settings).train(encoder, samples, seed, device);
  }

  /** Returns some of the records that models are trained on, encoded. */
  FeatureMatrix rows(int count) {
    FeatureMatrix rows = new FeatureMatrix(encoder.width(), count);
    for (int i = 0; i < count; i++) {
      encoder.encode(samples.get(i % samples.size()).observation(), rows);
    }
    return rows;
  }

  /** Trains a champion of these parts. */
  Champion champion(Detection settings) {
    DetectionModel model = train(settings);
    long now = System.currentTimeMillis();
    return new Champion(ModelVersion.of(1), now, now, () -> model.open(device), null);
  }
}
