package dev.eddy.kafka;

import dev.eddy.kafka.ModelTopicIndex.WholeVersion;
import dev.eddy.registry.Manifest;
import dev.eddy.registry.ModelArtifact;
import dev.eddy.registry.ModelLoadException;
import dev.eddy.registry.ModelRegistry;
import dev.eddy.registry.ModelVersion;
import dev.eddy.schema.ModelEvent;
import dev.eddy.schema.ModelVerdict;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registry on a compacted topic of one partition; see {@link ModelTopicFormat}. A background
 * thread reads the topic from its beginning and keeps manifests and the champion; an artifact is
 * fetched when somebody asks for it. Every process sees the same order, and what it wrote itself
 * before the writing call returns.
 *
 * <p>Half an artifact is never offered: the manifest is written last, by an idempotent producer
 * into the same partition, and a reader counts chunks and bytes before it believes a manifest. The
 * files' digests are checked when it is loaded.
 */
public final class TopicModelRegistry implements ModelRegistry {
  private static final Logger LOG = LoggerFactory.getLogger(TopicModelRegistry.class);

  /** Versions that are kept; older ones but the champion are removed when a new one comes. */
  static final int KEPT_VERSIONS = 50;

  /** Verdicts that are kept: the story of a year's trainings is longer than its models. */
  static final int KEPT_VERDICTS = 2_000;

  private final String topic;
  private final Clock clock;
  private final Supplier<Producer<byte[], byte[]>> producers;
  private final ModelTopicReader reader;

  /** Makes a registry that has not read anything yet. */
  public TopicModelRegistry(KafkaSettings settings, String topic, Clock clock) {
    this(
        topic,
        clock,
        () ->
            new KafkaConsumer<>(
                settings.consumer(clientId()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer()),
        () ->
            new KafkaProducer<>(
                settings.producer(clientId()),
                new ByteArraySerializer(),
                new ByteArraySerializer()));
  }

  /** Several registries may live in one process, and Kafka's meters ask for names that differ. */
  private static String clientId() {
    return "eddy-models-" + UUID.randomUUID().toString().substring(0, 8);
  }

  TopicModelRegistry(
      String topic,
      Clock clock,
      Supplier<org.apache.kafka.clients.consumer.Consumer<byte[], byte[]>> consumers,
      Supplier<Producer<byte[], byte[]>> producers) {
    this.topic = topic;
    this.clock = clock;
    this.producers = producers;
    this.reader = new ModelTopicReader(topic, consumers);
  }

  /**
   * Starts to read, and returns when everything that is on the topic now was read.
   *
   * @throws TopicException if that takes longer than a minute, or the topic cannot be read
   */
  public void start() {
    reader.start();
  }

  @Override
  public List<Manifest> versions() {
    return reader.index().manifests();
  }

  @Override
  public Optional<ModelVersion> champion() {
    return reader.index().champion();
  }

  @Override
  public ModelArtifact load(ModelVersion version) {
    WholeVersion whole = requireWhole(version);
    ModelArtifact artifact = ModelArtifact.fromZip(reader.fetch(whole));
    if (!artifact.manifest().equals(whole.manifest())) {
      throw new ModelLoadException(
          version + " must have the same manifest on the topic and in its artifact");
    }
    return artifact;
  }

  private WholeVersion requireWhole(ModelVersion version) {
    return reader
        .index()
        .find(version)
        .orElseThrow(
            () ->
                new ModelLoadException(
                    "version must be one of the registry's, got %s of %d versions"
                        .formatted(version, reader.index().versions().size())));
  }

  @Override
  public void publish(ModelArtifact artifact) {
    ModelVersion version = artifact.manifest().version();
    if (reader.index().find(version).isPresent()) {
      throw new ModelLoadException("version to publish must be new, got " + version);
    }
    List<ProducerRecord<byte[], byte[]>> records =
        new ArrayList<>(ModelTopicFormat.artifact(topic, artifact));
    List<WholeVersion> versions = reader.index().versions();
    versions.stream()
        .limit(Math.max(0, versions.size() + 1 - KEPT_VERSIONS))
        .filter(old -> !champion().equals(Optional.of(old.manifest().version())))
        .forEach(
            old ->
                records.addAll(
                    ModelTopicFormat.tombstones(
                        topic, old.manifest().version(), old.extent().chunks())));
    write(records);
    LOG.atInfo().addKeyValue("version", version).log("published model");
  }

  @Override
  public void promote(ModelVersion version, String reason, String who) {
    requireWhole(version);
    String previous = champion().map(ModelVersion::value).orElse(null);
    var event = new ModelEvent(version.value(), previous, reason, who, clock.millis());
    write(List.of(ModelTopicFormat.champion(topic, event)));
    LOG.atInfo()
        .addKeyValue("version", version)
        .addKeyValue("previous", previous)
        .addKeyValue("reason", reason)
        .log("promoted model");
  }

  @Override
  public void judged(ModelVerdict verdict) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    List<ModelVerdict> old = reader.index().verdicts();
    old.stream()
        .limit(Math.max(0, old.size() + 1 - KEPT_VERDICTS))
        .map(gone -> ModelTopicFormat.noVerdict(topic, gone.getVersion()))
        .forEach(records::add);
    records.add(ModelTopicFormat.verdict(topic, verdict));
    write(records);
  }

  @Override
  public List<ModelVerdict> verdicts() {
    return reader.index().verdicts();
  }

  /** Writes in this order, and waits until the reader has read the last one. */
  private void write(List<ProducerRecord<byte[], byte[]>> records) {
    long last = -1;
    try (Producer<byte[], byte[]> producer = producers.get()) {
      List<Future<RecordMetadata>> sent = records.stream().map(producer::send).toList();
      producer.flush();
      for (Future<RecordMetadata> result : sent) {
        last = Math.max(last, result.get().offset());
      }
    } catch (ExecutionException e) {
      throw new TopicException(topic + " must take a model's records", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TopicException(topic + " must take a model's records, but was interrupted", e);
    }
    reader.awaitPosition(last + 1);
  }

  @Override
  public void onChampion(Consumer<ModelVersion> listener) {
    reader.onChampion(listener);
  }

  @Override
  public void close() {
    reader.close();
  }
}
