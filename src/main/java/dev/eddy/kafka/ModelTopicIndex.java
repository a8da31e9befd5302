package dev.eddy.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.eddy.kafka.ModelTopicFormat.Extent;
import dev.eddy.kafka.ModelTopicFormat.VersionKey;
import dev.eddy.registry.Manifest;
import dev.eddy.registry.ModelLoadException;
import dev.eddy.registry.ModelVersion;
import dev.eddy.registry.TrustedKeys;
import dev.eddy.schema.ModelEvent;
import dev.eddy.schema.ModelVerdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a reader of the models topic knows: manifests, where their chunks stand, and the champion.
 * It holds no chunk, so its size does not depend on the models'. Safe for use by several threads.
 */
final class ModelTopicIndex {
  private static final Logger LOG = LoggerFactory.getLogger(ModelTopicIndex.class);

  /** Where one chunk stands and how long it is. */
  private record Chunk(long offset, int bytes) {}

  /**
   * A version of which every chunk was there when its manifest came.
   *
   * @param firstOffset the least offset of a chunk
   * @param lastOffset the greatest offset of a chunk
   */
  record WholeVersion(Manifest manifest, Extent extent, long firstOffset, long lastOffset) {}

  private final Map<ModelVersion, NavigableMap<Integer, Chunk>> chunks = new HashMap<>();
  private final NavigableMap<ModelVersion, WholeVersion> whole = new TreeMap<>();
  private final NavigableMap<ModelVersion, ModelVerdict> verdicts = new TreeMap<>();
  private final Map<String, ModelEvent> aliases = new HashMap<>();
  private final String topic;
  private final TrustedKeys trusted;
  private @Nullable ModelVersion champion;
  private @Nullable String refusal;
  private long position;

  /** Makes an index that has seen nothing. */
  ModelTopicIndex(String topic, TrustedKeys trusted) {
    this.topic = topic;
    this.trusted = trusted;
  }

  /** Takes the next record of the topic. A record that it cannot use is logged and passed over. */
  synchronized void apply(ConsumerRecord<byte[], byte[]> record) {
    position = record.offset() + 1;
    if (record.key() == null) {
      return;
    }
    String key = new String(record.key(), UTF_8);
    try {
      ModelVersion judged = ModelTopicFormat.verdictVersion(key);
      if (ModelTopicFormat.isAlias(key)) {
        applyAlias(key, record);
      } else if (judged != null) {
        applyVerdict(key, judged, record);
      } else {
        VersionKey versionKey = VersionKey.parse(key);
        if (versionKey != null && versionKey.isManifest()) {
          applyManifest(versionKey.version(), record);
        } else if (versionKey != null) {
          applyChunk(versionKey, record);
        }
      }
    } catch (ModelLoadException | SerializationException | IllegalArgumentException e) {
      LOG.atWarn()
          .addKeyValue("key", key)
          .addKeyValue("offset", record.offset())
          .addKeyValue("reason", e.getMessage())
          .log("passed over a record of the models topic that cannot be read");
    }
    champion = aliased(ModelTopicFormat.CHAMPION).orElse(champion);
  }

  /** Passes over a record that is not confirmed, and an old confirmed one that came again. */
  private void applyAlias(String alias, ConsumerRecord<byte[], byte[]> record) {
    byte[] value = record.value();
    if (value == null) {
      return;
    }
    ModelEvent next = ModelTopicFormat.readAlias(value);
    var named = new ModelVersion(next.getVersion()); // throws: an alias must name one
    ModelEvent before = aliases.get(alias);
    if (!ModelTopicFormat.isConfirmed(topic, alias, value, record.headers(), trusted)) {
      refuse(alias, named, "must be signed by one of registry.publicKeys, but is not");
    } else if (!trusted.isEmpty() && before != null && next.getSequence() <= before.getSequence()) {
      String rule = "must come after sequence %d, got %d, which was signed before";
      refuse(alias, named, rule.formatted(before.getSequence(), next.getSequence()));
    } else {
      aliases.put(alias, next);
      if (alias.equals(ModelTopicFormat.CHAMPION)) {
        refusal = null;
      }
    }
  }

  private void refuse(String alias, ModelVersion version, String rule) {
    String reason = "%s record for %s %s".formatted(alias, version, rule);
    if (alias.equals(ModelTopicFormat.CHAMPION)) {
      refusal = reason;
    }
    LOG.atWarn().addKeyValue("reason", reason).log("did not believe a record");
  }

  private void applyVerdict(
      String key, ModelVersion version, ConsumerRecord<byte[], byte[]> record) {
    byte[] value = record.value();
    if (value == null) {
      verdicts.remove(version);
    } else if (ModelTopicFormat.isConfirmed(topic, key, value, record.headers(), trusted)) {
      verdicts.put(version, ModelTopicFormat.readVerdict(value));
    }
  }

  private void applyChunk(VersionKey key, ConsumerRecord<byte[], byte[]> record) {
    var versionChunks = chunks.computeIfAbsent(key.version(), version -> new TreeMap<>());
    if (record.value() == null) {
      versionChunks.remove(key.chunk());
      if (versionChunks.isEmpty()) {
        chunks.remove(key.version());
      }
    } else {
      versionChunks.put(key.chunk(), new Chunk(record.offset(), record.value().length));
    }
  }

  private void applyManifest(ModelVersion version, ConsumerRecord<byte[], byte[]> record) {
    whole.remove(version);
    if (record.value() == null) {
      return;
    }
    Extent extent = ModelTopicFormat.extent(record.headers());
    Manifest manifest = Manifest.fromJson(record.value());
    var versionChunks = chunks.getOrDefault(version, new TreeMap<>());
    if (extent == null || !manifest.version().equals(version) || !isWhole(versionChunks, extent)) {
      throw new ModelLoadException(
          "%s must have all its chunks before its manifest, got %d of %s"
              .formatted(version, versionChunks.size(), extent));
    }
    var offsets = versionChunks.headMap(extent.chunks()).values();
    whole.put(
        version,
        new WholeVersion(
            manifest,
            extent,
            offsets.stream().mapToLong(Chunk::offset).min().orElseThrow(),
            offsets.stream().mapToLong(Chunk::offset).max().orElseThrow()));
  }

  private static boolean isWhole(NavigableMap<Integer, Chunk> chunks, Extent extent) {
    var needed = chunks.headMap(extent.chunks());
    return extent.chunks() > 0
        && needed.size() == extent.chunks()
        && needed.values().stream().mapToLong(Chunk::bytes).sum() == extent.bytes();
  }

  synchronized List<Manifest> manifests() {
    return whole.values().stream().map(WholeVersion::manifest).toList();
  }

  synchronized Optional<WholeVersion> find(ModelVersion version) {
    return Optional.ofNullable(whole.get(version));
  }

  /** Returns all whole versions, oldest first. */
  synchronized List<WholeVersion> versions() {
    return List.copyOf(whole.values());
  }

  /** Returns the last version that was promoted and is whole. */
  synchronized Optional<ModelVersion> champion() {
    return Optional.ofNullable(champion);
  }

  /** Returns what the last record of an alias says; null before there was one. */
  synchronized @Nullable ModelEvent alias(String alias) {
    return aliases.get(alias);
  }

  /** Returns the whole version that an alias names. */
  synchronized Optional<ModelVersion> aliased(String alias) {
    return Optional.ofNullable(aliases.get(alias))
        .map(event -> new ModelVersion(event.getVersion()))
        .filter(whole::containsKey);
  }

  synchronized List<ModelVerdict> verdicts() {
    return List.copyOf(verdicts.values());
  }

  /** Returns why the last record about the champion is not believed; null where it is. */
  synchronized @Nullable String refusal() {
    return refusal;
  }

  /** Returns the offset behind the last record that was applied. */
  synchronized long position() {
    return position;
  }
}
