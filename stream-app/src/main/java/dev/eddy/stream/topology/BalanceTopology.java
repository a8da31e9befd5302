package dev.eddy.stream.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.eddy.definition.StreamDefinition;
import dev.eddy.kafka.SchemaJson;
import dev.eddy.schema.AugmentationRequest;
import dev.eddy.schema.Verdict;
import dev.eddy.stream.augmentation.SyntheticHeaders;
import dev.eddy.stream.balance.BalanceProcessor;
import dev.eddy.stream.balance.ClassMixProcessor;
import dev.eddy.stream.batch.CommitHook;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * The balancer's part of the topology:
 *
 * <pre>
 * source -> decode -> count-classes -> class-mix     (where the records hold their class)
 * labelled         -> count-classes -> class-mix     (else)
 * class-mix        -> balance       -> augmentation-requests
 * </pre>
 */
final class BalanceTopology {
  private static final String LABEL_CLASS = "eddy-label-class";
  private static final String LABEL_VERDICT = "eddy-label-verdict";
  private static final Set<String> ANOMALOUS =
      Set.of(Verdict.TRUE_ALARM.name(), Verdict.MISSED.name());

  /** An anomaly whose class nobody named: it counts for the whole alone. */
  private static final String NO_CLASS = "(no class)";

  private BalanceTopology() {}

  /** Returns whether the definition declares a balance. */
  static boolean isWanted(StreamDefinition definition) {
    return !definition.augmentation().balance().isEmpty();
  }

  /** Returns whether the records of the source are to be counted by their own label field. */
  static boolean countsEvents(StreamDefinition definition) {
    return isWanted(definition) && definition.labels().field() != null;
  }

  static void add(Topology topology, TopologyParts parts) {
    if (countsEvents(parts.definition())) {
      topology.addProcessor(
          TopologyNames.COUNT_CLASSES,
          () ->
              new ClassMixProcessor<Object, Object>(
                  TopologyNames.CLASS_COUNT_HOOK, BalanceTopology::classOfEvent),
          TopologyNames.DECODE);
    } else {
      addLabelled(topology, parts);
    }
    topology.addStateStore(
        CommitHook.storeBuilder(TopologyNames.CLASS_COUNT_HOOK), TopologyNames.COUNT_CLASSES);
    topology.addSink(
        TopologyNames.CLASS_COUNTS,
        parts.topics().classMix(),
        new StringSerializer(),
        new LongSerializer(),
        TopologyNames.COUNT_CLASSES);
    addBalance(topology, parts);
  }

  private static @Nullable String classOfEvent(Record<Object, Object> record) {
    return record.value() instanceof SourceRecord source ? source.event().label() : null;
  }

  private static void addLabelled(Topology topology, TopologyParts parts) {
    topology.addSource(
        ScoringTopology.AS_CONFIGURED,
        TopologyNames.LABELLED,
        ScoringTopology.NEVER_NEGATIVE,
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        parts.topics().labelled());
    topology.addProcessor(
        TopologyNames.COUNT_CLASSES,
        () ->
            new ClassMixProcessor<byte @Nullable [], byte @Nullable []>(
                TopologyNames.CLASS_COUNT_HOOK, record -> classOfLabelled(record, parts)),
        TopologyNames.LABELLED);
  }

  /** A record that was kept with its label. */
  private static @Nullable String classOfLabelled(
      Record<byte @Nullable [], byte @Nullable []> record, TopologyParts parts) {
    if (record.value() == null) {
      return null; // a label that was taken back; what was asked for by it stays asked for
    }
    if (record.headers().lastHeader(SyntheticHeaders.SYNTHETIC) != null) {
      parts.metrics().deadLetter(DeadLetters.SYNTHETIC);
      return null;
    }
    String labelClass = header(record, LABEL_CLASS);
    String verdict = header(record, LABEL_VERDICT);
    boolean anomalous = ANOMALOUS.contains(verdict == null ? "" : verdict);
    if (!anomalous) {
      return parts.definition().labels().normal().get(0);
    }
    return labelClass == null ? NO_CLASS : labelClass;
  }

  private static @Nullable String header(
      Record<byte @Nullable [], byte @Nullable []> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? null : new String(header.value(), UTF_8);
  }

  private static void addBalance(Topology topology, TopologyParts parts) {
    topology.addSource(
        ScoringTopology.AS_CONFIGURED,
        TopologyNames.CLASS_MIX,
        ScoringTopology.NEVER_NEGATIVE,
        new StringDeserializer(),
        new LongDeserializer(),
        parts.topics().classMix());
    topology.addProcessor(
        TopologyNames.BALANCE,
        () ->
            new BalanceProcessor(
                parts.definition().augmentation(),
                parts.champions(),
                parts.metrics().balance(),
                TopologyNames.CLASS_BALANCE),
        TopologyNames.CLASS_MIX);
    topology.addStateStore(
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(TopologyNames.CLASS_BALANCE),
                Serdes.String(),
                Serdes.ByteArray())
            .withCachingDisabled(),
        TopologyNames.BALANCE);
    topology.addSink(
        TopologyNames.BALANCE_REQUESTS,
        parts.topics().augmentationRequests(),
        new StringSerializer(),
        SchemaJson.of(AugmentationRequest.class).serde().serializer(),
        TopologyNames.BALANCE);
  }
}
