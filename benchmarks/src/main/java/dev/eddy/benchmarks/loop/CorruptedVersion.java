package dev.eddy.benchmarks.loop;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.eddy.registry.Manifest;
import dev.eddy.registry.ModelArtifact;
import dev.eddy.registry.ModelVersion;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A bad candidate: a copy of a good version in which one byte is another, written past the registry
 * by somebody who can write to its topic.
 */
final class CorruptedVersion {
  static final ModelVersion VERSION = new ModelVersion("corrupted");
  private static final int CHUNK = 512 * 1024;

  private CorruptedVersion() {}

  static void write(Producer<byte[], byte[]> producer, String topic, ModelArtifact good) {
    Manifest manifest = good.manifest();
    Manifest renamed =
        new Manifest(
            VERSION,
            manifest.stream(),
            manifest.family(),
            manifest.createdAt(),
            manifest.version(),
            manifest.definitionDigest(),
            manifest.encoderDigest(),
            new TreeMap<>(Map.of("auprc", 1.0)),
            manifest.trainedOn(),
            manifest.notes(),
            manifest.classes(),
            manifest.seed(),
            manifest.codeVersion(),
            new TreeMap<>());
    ModelArtifact artifact = ModelArtifact.of(renamed, good.parts());
    byte[] zip = artifact.toZip();
    zip[zip.length / 2] ^= 1;
    int chunks = 0;
    for (int from = 0; from < zip.length; from += CHUNK) {
      byte[] chunk = Arrays.copyOfRange(zip, from, Math.min(zip.length, from + CHUNK));
      Future<?> unused =
          producer.send(
              new ProducerRecord<>(
                  topic, 0, "%s/%04d".formatted(VERSION, chunks++).getBytes(UTF_8), chunk));
    }
    var last =
        new ProducerRecord<>(
            topic, 0, VERSION.value().getBytes(UTF_8), artifact.manifest().toJson());
    last.headers().add("eddy-chunks", Integer.toString(chunks).getBytes(UTF_8));
    last.headers().add("eddy-bytes", Integer.toString(zip.length).getBytes(UTF_8));
    Future<?> unused = producer.send(last);
    producer.flush();
  }
}
