package dev.eddy.stream.topology;

import dev.eddy.event.TimestampForm;
import dev.eddy.kafka.SchemaJson;
import dev.eddy.schema.Alert;
import dev.eddy.schema.AugmentationRejection;
import dev.eddy.schema.Score;
import dev.eddy.stream.alert.AlertProcessor;
import dev.eddy.stream.augmentation.AugmentationParts;
import dev.eddy.stream.augmentation.AugmentationProcessor;
import dev.eddy.stream.batch.CommitHook;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * The way of one record, as a topology:
 *
 * <pre>
 * source -> decode -> score -> scores
 *              |        |  \-> alert -> alerts
 *              \--------+----> dead-letters
 *
 * augmentation-requests -> generate -> synthetic
 *                                  \-> synthetic-rejected
 * </pre>
 *
 * <p>With a declared balance {@link BalanceTopology} asks for records, too.
 *
 * <p>Context and alert state are kept by entity within a task. The source need not be keyed by
 * entity, and nothing is repartitioned; but an entity whose records are spread over partitions has
 * a context in each of them, so records of one entity should share a partition.
 */
public final class ScoringTopology {
  /** A record from before Kafka had timestamps must not stop a task; its event time may differ. */
  static final TimestampExtractor NEVER_NEGATIVE =
      (record, partitionTime) -> Math.max(0, record.timestamp());

  /** Where a stream that was never read begins: auto.offset.reset, or else at its beginning. */
  static final @Nullable AutoOffsetReset AS_CONFIGURED = null;

  private ScoringTopology() {}

  /** Builds the topology that scores a stream, raises its alerts and answers its requests. */
  public static Topology build(TopologyParts parts) {
    var topology = new Topology();
    var timestamps = new AtomicReference<>(TimestampForm.MILLIS);
    addScoring(topology, parts, timestamps);
    addAugmentation(topology, parts, timestamps);
    if (BalanceTopology.isWanted(parts.definition())) {
      BalanceTopology.add(topology, parts);
    }
    return topology;
  }

  /**
   * Builds the topology without a model: parses each record and forwards it as it came. What it
   * costs is what Kafka and parsing cost; benchmarks measure models against it.
   */
  public static Topology passThrough(TopologyParts parts) {
    var topology = new Topology();
    addSource(
        topology,
        parts,
        new AtomicReference<>(TimestampForm.MILLIS),
        List.of(TopologyNames.PASS_THROUGH));
    topology.addProcessor(
        TopologyNames.PASS_THROUGH, PassThroughProcessor::new, TopologyNames.DECODE);
    topology.addSink(
        TopologyNames.SCORES,
        parts.topics().scores(),
        new StringSerializer(),
        new ByteArraySerializer(),
        TopologyNames.PASS_THROUGH);
    addDeadLetters(topology, parts, TopologyNames.DECODE);
    return topology;
  }

  private static void addScoring(
      Topology topology, TopologyParts parts, AtomicReference<TimestampForm> timestamps) {
    boolean counts = BalanceTopology.countsEvents(parts.definition());
    addSource(
        topology,
        parts,
        timestamps,
        counts
            ? List.of(TopologyNames.SCORE, TopologyNames.COUNT_CLASSES)
            : List.of(TopologyNames.SCORE));
    topology.addProcessor(
        TopologyNames.SCORE, () -> new ScoringProcessor(parts), TopologyNames.DECODE);
    topology.addStateStore(
        bytesByEntity(Stores.persistentKeyValueStore(TopologyNames.ENTITY_CONTEXT)),
        TopologyNames.SCORE);
    topology.addStateStore(
        CommitHook.storeBuilder(TopologyNames.CONTEXT_HOOK), TopologyNames.SCORE);
    topology.addStateStore(CommitHook.storeBuilder(TopologyNames.BATCH_HOOK), TopologyNames.SCORE);
    addAlerts(topology, parts);
    topology.addSink(
        TopologyNames.SCORES,
        parts.topics().scores(),
        new StringSerializer(),
        scoreSerializer(),
        TopologyNames.SCORE);
    addDeadLetters(topology, parts, TopologyNames.DECODE, TopologyNames.SCORE);
  }

  private static void addSource(
      Topology topology,
      TopologyParts parts,
      AtomicReference<TimestampForm> timestamps,
      List<String> next) {
    parts.metrics().expectDeadLetters(DeadLetters.reasons());
    topology.addSource(
        AS_CONFIGURED,
        TopologyNames.SOURCE,
        NEVER_NEGATIVE,
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        parts.topics().source());
    topology.addProcessor(
        TopologyNames.DECODE,
        () -> new DecodeProcessor(parts.definition(), parts.metrics(), timestamps, next),
        TopologyNames.SOURCE);
  }

  private static void addAlerts(Topology topology, TopologyParts parts) {
    topology.addProcessor(
        TopologyNames.ALERT,
        () ->
            new AlertProcessor(
                parts.definition().alerts(),
                parts.threshold(),
                parts.metrics(),
                TopologyNames.ALERT_STATE,
                TopologyNames.RECORD_RATE),
        TopologyNames.SCORE);
    topology.addStateStore(
        bytesByEntity(Stores.inMemoryKeyValueStore(TopologyNames.ALERT_STATE)),
        TopologyNames.ALERT);
    topology.addStateStore(
        bytesByEntity(Stores.inMemoryKeyValueStore(TopologyNames.RECORD_RATE)),
        TopologyNames.ALERT);
    topology.addSink(
        TopologyNames.ALERTS,
        parts.topics().alerts(),
        new StringSerializer(),
        SchemaJson.of(Alert.class).serde().serializer(),
        TopologyNames.ALERT);
  }

  private static void addAugmentation(
      Topology topology, TopologyParts parts, AtomicReference<TimestampForm> timestamps) {
    topology.addSource(
        AS_CONFIGURED,
        TopologyNames.AUGMENTATION_REQUESTS,
        NEVER_NEGATIVE,
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        parts.topics().augmentationRequests());
    var augmentation =
        new AugmentationParts(
            parts.definition(),
            parts.champions(),
            parts.metrics(),
            parts.clock(),
            timestamps::get,
            TopologyNames.OPEN_REQUESTS,
            TopologyNames.SYNTHETIC,
            TopologyNames.SYNTHETIC_REJECTED);
    topology.addProcessor(
        TopologyNames.GENERATE,
        () -> new AugmentationProcessor(augmentation),
        TopologyNames.AUGMENTATION_REQUESTS);
    topology.addStateStore(
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(TopologyNames.OPEN_REQUESTS),
                Serdes.Long(),
                Serdes.ByteArray())
            .withCachingDisabled(),
        TopologyNames.GENERATE);
    topology.addSink(
        TopologyNames.SYNTHETIC,
        parts.topics().synthetic(),
        new StringSerializer(),
        new ByteArraySerializer(),
        TopologyNames.GENERATE);
    topology.addSink(
        TopologyNames.SYNTHETIC_REJECTED,
        parts.topics().syntheticRejected(),
        new StringSerializer(),
        SchemaJson.of(AugmentationRejection.class).serde().serializer(),
        TopologyNames.GENERATE);
  }

  private static void addDeadLetters(Topology topology, TopologyParts parts, String... parents) {
    topology.addSink(
        TopologyNames.DEAD_LETTERS,
        parts.topics().deadLetters(),
        new ByteArraySerializer(),
        new ByteArraySerializer(),
        parents);
  }

  /** Not cached: a cache may have been flushed when the last batch before a commit writes. */
  private static StoreBuilder<KeyValueStore<String, byte[]>> bytesByEntity(
      KeyValueBytesStoreSupplier supplier) {
    return Stores.keyValueStoreBuilder(supplier, Serdes.String(), Serdes.ByteArray())
        .withCachingDisabled();
  }

  private static Serializer<ScoredEvent> scoreSerializer() {
    SchemaJson<Score> json = SchemaJson.of(Score.class);
    return (topic, scored) -> json.write(ScoreWriter.write(scored));
  }
}
