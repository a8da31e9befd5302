package dev.eddy.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.eddy.kafka.ModelTopicFormat.Extent;
import dev.eddy.kafka.ModelTopicFormat.VersionKey;
import dev.eddy.registry.Manifest;
import dev.eddy.registry.ModelLoadException;
import dev.eddy.registry.ModelVersion;
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
  private @Nullable ModelVersion promoted;
  private @Nullable ModelVersion champion;
  private long position;

  /** Takes the next record of the topic. A record that it cannot use is logged and passed over. */
  synchronized void apply(ConsumerRecord<byte[], byte[]> record) {
    position = record.offset() + 1;
    if (record.key() == null) {
      return;
    }
    String key = new String(record.key(), UTF_8);
    try {
      if (key.equals(ModelTopicFormat.CHAMPION)) {
        applyChampion(record.value());
      } else {
        ModelVersion judged = ModelTopicFormat.verdictVersion(key);
        VersionKey versionKey = VersionKey.parse(key);
        if (judged != null) {
          applyVerdict(judged, record.value());
        } else if (versionKey != null && versionKey.isManifest()) {
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
    if (promoted != null && whole.containsKey(promoted)) {
      champion = promoted;
    }
  }

  private void applyChampion(byte @Nullable [] value) {
    if (value != null) {
      promoted = new ModelVersion(ModelTopicFormat.readChampion(value).getVersion());
    }
  }

  private void applyVerdict(ModelVersion version, byte @Nullable [] value) {
    if (value == null) {
      verdicts.remove(version);
    } else {
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

  synchronized List<ModelVerdict> verdicts() {
    return List.copyOf(verdicts.values());
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

  /** Returns the offset behind the last record that was applied. */
  synchronized long position() {
    return position;
  }
}
