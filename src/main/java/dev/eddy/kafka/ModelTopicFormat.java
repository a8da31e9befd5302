package dev.eddy.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.eddy.registry.Manifest;
import dev.eddy.registry.ModelArtifact;
import dev.eddy.registry.ModelVersion;
import dev.eddy.registry.SigningKey;
import dev.eddy.registry.TrustedKeys;
import dev.eddy.schema.ModelEvent;
import dev.eddy.schema.ModelVerdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * How models stand on their topic, which has one partition:
 *
 * <ul>
 *   <li>{@code v000007/0003}: the fourth 512 KiB of the artifact's zip;
 *   <li>{@code v000007}: its manifest as JSON, written after the last chunk, with headers that say
 *       how many chunks and bytes belong to it;
 *   <li>{@code verdict/v000007}: the gate's {@link ModelVerdict} as JSON, also of what was refused;
 *   <li>{@code champion}: a {@link ModelEvent} as JSON;
 *   <li>{@code shadow} and {@code waiting}: likewise, with the version {@value #NO_VERSION} for
 *       none.
 * </ul>
 *
 * <p>Where keys are configured, the last two kinds carry a header with a signature over topic, key
 * and value; the artifact holds its own.
 */
final class ModelTopicFormat {
  static final int CHUNK_BYTES = 512 * 1024;
  static final String CHAMPION = "champion";
  static final String SHADOW = "shadow";
  static final String WAITING = "waiting";
  private static final Set<String> ALIASES = Set.of(CHAMPION, SHADOW, WAITING);
  static final String NO_VERSION = "none";
  static final String SIGNATURE_HEADER = "eddy-signature";
  private static final String CHUNKS_HEADER = "eddy-chunks";
  private static final String BYTES_HEADER = "eddy-bytes";
  private static final String VERDICT = "verdict/";
  private static final SchemaJson<ModelEvent> EVENTS = SchemaJson.of(ModelEvent.class);
  private static final SchemaJson<ModelVerdict> VERDICTS = SchemaJson.of(ModelVerdict.class);

  private ModelTopicFormat() {}

  /** How large an artifact is on the topic. */
  record Extent(int chunks, long bytes) {}

  /** Where a key belongs: to a version's manifest, or to one of its chunks. */
  record VersionKey(ModelVersion version, int chunk) {
    static final int MANIFEST = -1;

    boolean isManifest() {
      return chunk == MANIFEST;
    }

    /** Returns null for a key that is no version's, such as one that a later Eddy writes. */
    static @Nullable VersionKey parse(String key) {
      if (isAlias(key) || key.isBlank()) {
        return null;
      }
      int slash = key.lastIndexOf('/');
      if (slash < 0) {
        return new VersionKey(new ModelVersion(key), MANIFEST);
      }
      try {
        int chunk = Integer.parseUnsignedInt(key, slash + 1, key.length(), 10);
        return new VersionKey(new ModelVersion(key.substring(0, slash)), chunk);
      } catch (IllegalArgumentException e) {
        return null;
      }
    }

    @Override
    public String toString() {
      return isManifest() ? version.value() : "%s/%04d".formatted(version, chunk);
    }
  }

  /** Lays out an artifact: its chunks in order, its manifest last. */
  static List<ProducerRecord<byte[], byte[]>> artifact(String topic, ModelArtifact artifact) {
    byte[] zip = artifact.toZip();
    Manifest manifest = artifact.manifest();
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int start = 0; start < zip.length; start += CHUNK_BYTES) {
      byte[] chunk = Arrays.copyOfRange(zip, start, Math.min(zip.length, start + CHUNK_BYTES));
      records.add(record(topic, new VersionKey(manifest.version(), records.size()), chunk));
    }
    int chunks = records.size();
    var last =
        record(topic, new VersionKey(manifest.version(), VersionKey.MANIFEST), manifest.toJson());
    last.headers().add(CHUNKS_HEADER, Integer.toString(chunks).getBytes(UTF_8));
    last.headers().add(BYTES_HEADER, Long.toString(zip.length).getBytes(UTF_8));
    records.add(last);
    return records;
  }

  /** Lays out the end of a version: its manifest first, so that it is not offered any more. */
  static List<ProducerRecord<byte[], byte[]>> tombstones(
      String topic, ModelVersion version, int chunks) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int chunk = VersionKey.MANIFEST; chunk < chunks; chunk++) {
      records.add(record(topic, new VersionKey(version, chunk), null));
    }
    return records;
  }

  /** Lays out which version serves, is the shadow, or waits. */
  static ProducerRecord<byte[], byte[]> alias(
      String topic, String alias, ModelEvent event, @Nullable SigningKey key) {
    return signed(topic, alias, EVENTS.write(event), key);
  }

  static ModelEvent readAlias(byte[] value) {
    return EVENTS.read(value);
  }

  static ProducerRecord<byte[], byte[]> verdict(
      String topic, ModelVerdict verdict, @Nullable SigningKey key) {
    return signed(topic, VERDICT + verdict.getVersion(), VERDICTS.write(verdict), key);
  }

  static ProducerRecord<byte[], byte[]> noVerdict(String topic, String version) {
    return new ProducerRecord<>(topic, 0, (VERDICT + version).getBytes(UTF_8), null);
  }

  /** Returns the version that a key's verdict is about; null for a key of another kind. */
  static @Nullable ModelVersion verdictVersion(String key) {
    return key.startsWith(VERDICT) ? new ModelVersion(key.substring(VERDICT.length())) : null;
  }

  static ModelVerdict readVerdict(byte[] value) {
    return VERDICTS.read(value);
  }

  static boolean isAlias(String key) {
    return ALIASES.contains(key);
  }

  private static ProducerRecord<byte[], byte[]> signed(
      String topic, String key, byte[] value, @Nullable SigningKey signingKey) {
    var written = new ProducerRecord<>(topic, 0, key.getBytes(UTF_8), value);
    if (signingKey != null) {
      written.headers().add(SIGNATURE_HEADER, signingKey.sign(message(topic, key, value)));
    }
    return written;
  }

  /** Returns whether a record may be believed: by its signature, where one is asked for. */
  static boolean isConfirmed(
      String topic, String key, byte[] value, Headers headers, TrustedKeys trusted) {
    Header signature = headers.lastHeader(SIGNATURE_HEADER);
    return trusted.isEmpty()
        || (signature != null && trusted.confirm(message(topic, key, value), signature.value()));
  }

  /** Topic and key belong to it: what was signed for one stream says nothing about another. */
  private static byte[] message(String topic, String key, byte[] value) {
    byte[] head = "eddy-registry-1\n%s\n%s\n".formatted(topic, key).getBytes(UTF_8);
    byte[] message = Arrays.copyOf(head, head.length + value.length);
    System.arraycopy(value, 0, message, head.length, value.length);
    return message;
  }

  /** Reads a manifest record's headers; null where they are missing or no numbers. */
  static @Nullable Extent extent(Headers headers) {
    Header chunks = headers.lastHeader(CHUNKS_HEADER);
    Header bytes = headers.lastHeader(BYTES_HEADER);
    if (chunks == null || bytes == null) {
      return null;
    }
    try {
      return new Extent(
          Integer.parseInt(new String(chunks.value(), UTF_8)),
          Long.parseLong(new String(bytes.value(), UTF_8)));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static ProducerRecord<byte[], byte[]> record(
      String topic, VersionKey key, byte @Nullable [] value) {
    return new ProducerRecord<>(topic, 0, key.toString().getBytes(UTF_8), value);
  }
}
