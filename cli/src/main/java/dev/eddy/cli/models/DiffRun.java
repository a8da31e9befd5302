package dev.eddy.cli.models;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.eddy.definition.EddyConfiguration;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.event.Coordinates;
import dev.eddy.event.Event;
import dev.eddy.event.EventCodec;
import dev.eddy.event.EventCodecs;
import dev.eddy.feature.ContextLayout;
import dev.eddy.feature.EntityContexts;
import dev.eddy.feature.Observation;
import dev.eddy.kafka.KafkaSettings;
import dev.eddy.model.ModelDevice;
import dev.eddy.registry.ModelRegistry;
import dev.eddy.registry.ModelVersion;
import dev.eddy.registry.TrainedModel;
import dev.eddy.scoring.BaselineScorer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Replays a window of the source through two versions, with the same contexts, second opinion and
 * alert policy as the stream-app, and in batches of the same size.
 */
final class DiffRun implements AutoCloseable {
  private static final String SYNTHETIC = "eddy-synthetic";
  private static final int ENTITIES = 100_000;

  /** Enough for contexts and baselines to know an entity again. */
  private static final int LEAD_IN = 5_000;

  private static final int SHOWN = 400;

  private final StreamDefinition definition;
  private final boolean baselineBeside;
  private final int batchSize;
  private final SourceWindow window;
  private final EventCodec codec;
  private final EntityContexts contexts;
  private final Map<Integer, BaselineScorer> baselines = new HashMap<>();
  private final List<VersionReplay> versions = new ArrayList<>();
  private final List<VersionReplay.Waiting> batch = new ArrayList<>();

  /**
   * What came of it.
   *
   * @param records of the window
   * @param start of the window, milliseconds since the epoch
   */
  record Result(AlertDiff diff, long records, long start) {}

  DiffRun(
      EddyConfiguration configuration,
      ModelRegistry registry,
      ModelVersion before,
      ModelVersion after,
      Duration last) {
    this.definition = configuration.stream();
    this.baselineBeside = configuration.scoring().baseline();
    this.batchSize = configuration.scoring().batchSize();
    this.codec = EventCodecs.of(definition);
    this.contexts = new EntityContexts(ContextLayout.of(definition), ENTITIES);
    List<TrainedModel> models =
        List.of(
            TrainedModel.fromArtifact(definition, registry.load(before)),
            TrainedModel.fromArtifact(definition, registry.load(after)));
    this.window =
        new SourceWindow(
            KafkaSettings.of(configuration), definition.source().topic(), last, LEAD_IN);
    var device = new ModelDevice(configuration.scoring().device());
    for (TrainedModel model : models) {
      versions.add(new VersionReplay(definition, model, device, window.partitions(), batchSize));
    }
  }

  Result run(long limit) {
    long records = window.read(limit, this::take);
    score();
    AlertDiff diff =
        AlertDiff.of(
            versions.get(0).raised(), versions.get(1).raised(), definition.alerts().cooldown());
    return new Result(diff, records, window.start());
  }

  private void take(ConsumerRecord<byte[], byte[]> record, boolean counts) {
    if (record.value() == null || record.headers().lastHeader(SYNTHETIC) != null) {
      return;
    }
    var coordinates = new Coordinates(record.topic(), record.partition(), record.offset());
    var decoded = codec.decode(record.key(), record.value(), record.timestamp(), coordinates);
    if (decoded instanceof Event event) {
      String text = new String(record.value(), UTF_8);
      String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
      batch.add(new VersionReplay.Waiting(contexts.observe(event), shown, counts));
      if (batch.size() == batchSize) {
        score();
      }
    }
  }

  private void score() {
    if (batch.isEmpty()) {
      return;
    }
    double[] second = baselineBeside ? secondOpinions() : null;
    versions.forEach(version -> version.score(batch, second));
    batch.clear();
  }

  private double[] secondOpinions() {
    double[] second = new double[batch.size()];
    for (int i = 0; i < second.length; i++) {
      Observation observation = batch.get(i).observation();
      BaselineScorer baseline =
          baselines.computeIfAbsent(
              observation.event().coordinates().partition(),
              partition -> BaselineScorer.of(definition));
      boolean calibrated = baseline.isCalibrated();
      double score = baseline.score(observation).score();
      second[i] = calibrated ? score : Double.NaN;
    }
    return second;
  }

  @Override
  public void close() {
    versions.forEach(VersionReplay::close);
    window.close();
  }
}
