package dev.eddy.kafka;

import dev.eddy.definition.EddyConfiguration;
import dev.eddy.definition.StreamDefinition.Gate.Promotion;
import dev.eddy.kafka.ModelTopicIndex.WholeVersion;
import dev.eddy.registry.Lead;
import dev.eddy.registry.Manifest;
import dev.eddy.registry.ModelArtifact;
import dev.eddy.registry.ModelLoadException;
import dev.eddy.registry.ModelRegistry;
import dev.eddy.registry.ModelVersion;
import dev.eddy.registry.RegistryPolicy;
import dev.eddy.registry.SigningKey;
import dev.eddy.schema.ModelEvent;
import dev.eddy.schema.ModelVerdict;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registry on a compacted topic of one partition; see {@link ModelTopicFormat}. A background
 * thread reads the topic from its beginning and keeps manifests and the aliases; an artifact is
 * fetched when somebody asks for it. Every process sees the same order, and what it wrote itself
 * before the writing call returns.
 *
 * <p>Half an artifact is never offered: who has the {@link #lead} writes all records of a version
 * in one transaction; the manifest is its last, and a reader counts chunks and bytes before it
 * believes a manifest. The files' digests are checked when it is loaded.
 */
public final class TopicModelRegistry implements ModelRegistry {
  private static final Logger LOG = LoggerFactory.getLogger(TopicModelRegistry.class);

  /** Verdicts that are kept: the story of a year's trainings is longer than its models. */
  static final int KEPT_VERDICTS = 2_000;

  private static final String TRAINER = "trainer";

  /** A writer that died in the middle of a transaction holds readers up for this long at most. */
  private static final int TRANSACTION_MILLIS = 10_000;

  private final String topic;
  private final Clock clock;
  private final RegistryPolicy policy;
  private final ModelTopicReader reader;
  private final ModelTopicWriter writer;

  /** Makes a registry of a stream that has not read anything yet. */
  public static TopicModelRegistry of(EddyConfiguration configuration, Clock clock) {
    return of(configuration, RegistryPolicy.of(configuration.registry()), clock);
  }

  /** Makes a registry of a stream with another policy than its configuration's. */
  public static TopicModelRegistry of(
      EddyConfiguration configuration, RegistryPolicy policy, Clock clock) {
    KafkaSettings settings = KafkaSettings.of(configuration);
    String stream = configuration.stream().name();
    return new TopicModelRegistry(
        Topics.of(configuration.stream()).models(),
        clock,
        policy,
        () ->
            new KafkaConsumer<>(
                settings.consumer(clientId()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer()),
        () ->
            new KafkaProducer<>(
                settings.producer(clientId()),
                new ByteArraySerializer(),
                new ByteArraySerializer()),
        () -> leading(settings, stream));
  }

  /** Several registries may live in one process, and Kafka's meters ask for names that differ. */
  private static String clientId() {
    return "eddy-models-" + UUID.randomUUID().toString().substring(0, 8);
  }

  private static Producer<byte[], byte[]> leading(KafkaSettings settings, String stream) {
    Map<String, Object> properties = settings.producer(clientId());
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, stream + ".trainer");
    properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MILLIS);
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  TopicModelRegistry(
      String topic,
      Clock clock,
      RegistryPolicy policy,
      Supplier<org.apache.kafka.clients.consumer.Consumer<byte[], byte[]>> consumers,
      Supplier<Producer<byte[], byte[]>> producers,
      Supplier<Producer<byte[], byte[]>> leading) {
    this.topic = topic;
    this.clock = clock;
    this.policy = policy;
    this.reader = new ModelTopicReader(topic, policy.trusted(), consumers);
    this.writer = new ModelTopicWriter(topic, producers, leading);
  }

  /**
   * Starts to read, and returns when everything that is on the topic now was read.
   *
   * @throws TopicException if that takes longer than a minute, or the topic cannot be read
   */
  public void start() {
    reader.start();
  }

  /** Returns the right to write as the stream's one trainer. */
  public Lead lead() {
    return writer;
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
  public Optional<ModelVersion> shadow() {
    return reader.index().aliased(ModelTopicFormat.SHADOW);
  }

  @Override
  public Optional<ModelVersion> waiting() {
    return reader.index().aliased(ModelTopicFormat.WAITING);
  }

  @Override
  public List<ModelVerdict> verdicts() {
    return reader.index().verdicts();
  }

  @Override
  public Optional<ModelVersion> previous() {
    return Optional.ofNullable(reader.index().alias(ModelTopicFormat.CHAMPION))
        .map(ModelEvent::getPrevious)
        .map(ModelVersion::new);
  }

  @Override
  public ModelArtifact load(ModelVersion version) {
    WholeVersion whole = requireWhole(version);
    ModelArtifact artifact = ModelArtifact.fromZip(reader.fetch(whole));
    if (!artifact.manifest().equals(whole.manifest())) {
      throw new ModelLoadException(
          version + " must have the same manifest on the topic and in its artifact");
    }
    policy.requireTrusted(artifact, clock.instant());
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
    write(recordsOf(artifact));
    LOG.atInfo().addKeyValue("version", artifact.manifest().version()).log("published model");
  }

  @Override
  public void publish(ModelArtifact artifact, ModelVerdict verdict, Promotion promotion) {
    ModelVersion version = artifact.manifest().version();
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(recordsOf(verdict));
    records.addAll(recordsOf(artifact));
    if (verdict.getPromoted()) {
      String alias =
          promotion == Promotion.APPROVAL ? ModelTopicFormat.WAITING : ModelTopicFormat.CHAMPION;
      records.add(alias(alias, artifact.manifest(), verdict.getReason(), TRAINER));
      if (promotion == Promotion.AUTOMATIC && waiting().isPresent()) {
        records.add(alias(ModelTopicFormat.WAITING, null, verdict.getReason(), TRAINER));
      }
    }
    reader.awaitPosition(writer.writeAsTrainer(records) + 1);
    LOG.atInfo()
        .addKeyValue("version", version)
        .addKeyValue("won", verdict.getPromoted())
        .addKeyValue("promotion", promotion)
        .addKeyValue("reason", verdict.getReason())
        .log("published model");
  }

  private List<ProducerRecord<byte[], byte[]>> recordsOf(ModelArtifact artifact) {
    ModelVersion version = artifact.manifest().version();
    if (reader.index().find(version).isPresent()) {
      throw new ModelLoadException("version to publish must be new, got " + version);
    }
    SigningKey key = key();
    List<ProducerRecord<byte[], byte[]>> records =
        new ArrayList<>(
            ModelTopicFormat.artifact(topic, key == null ? artifact : artifact.signedBy(key)));
    for (WholeVersion old : Retention.of(policy, this, clock).superfluous(version)) {
      records.addAll(
          ModelTopicFormat.tombstones(topic, old.manifest().version(), old.extent().chunks()));
    }
    return records;
  }

  @Override
  public void judged(ModelVerdict verdict) {
    reader.awaitPosition(writer.writeAsTrainer(recordsOf(verdict)) + 1);
  }

  private List<ProducerRecord<byte[], byte[]>> recordsOf(ModelVerdict verdict) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    List<ModelVerdict> old = reader.index().verdicts();
    old.stream()
        .limit(Math.max(0, old.size() + 1 - KEPT_VERDICTS))
        .map(gone -> ModelTopicFormat.noVerdict(topic, gone.getVersion()))
        .forEach(records::add);
    records.add(ModelTopicFormat.verdict(topic, verdict, key()));
    return records;
  }

  List<WholeVersion> wholeVersions() {
    return reader.index().versions();
  }

  @Override
  public void promote(ModelVersion version, String reason, String who) {
    Manifest next = requireWhole(version).manifest();
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    records.add(alias(ModelTopicFormat.CHAMPION, next, reason, who));
    if (waiting().equals(Optional.of(version))) {
      records.add(alias(ModelTopicFormat.WAITING, null, reason, who));
    }
    write(records);
    if (!champion().equals(Optional.of(version))) {
      throw new ModelLoadException(
          "%s must serve after its promotion, but another one came between; try again"
              .formatted(version));
    }
    LOG.atInfo()
        .addKeyValue("version", version)
        .addKeyValue("reason", reason)
        .log("promoted model");
  }

  @Override
  public void shadow(@Nullable ModelVersion version, String reason, String who) {
    Manifest next = version == null ? null : requireWhole(version).manifest();
    write(List.of(alias(ModelTopicFormat.SHADOW, next, reason, who)));
  }

  private ProducerRecord<byte[], byte[]> alias(
      String alias, @Nullable Manifest next, String reason, String who) {
    ModelEvent before = reader.index().alias(alias);
    var event =
        new ModelEvent(
            next == null ? ModelTopicFormat.NO_VERSION : next.version().value(),
            previous(alias, next),
            reason,
            who,
            clock.millis(),
            before == null ? 1 : before.getSequence() + 1);
    return ModelTopicFormat.alias(topic, alias, event, key());
  }

  /**
   * What a rollback goes back to. The champion's detector again, with its generator, is no other
   * model to go back from: what served before both is carried on.
   */
  private @Nullable String previous(String alias, @Nullable Manifest next) {
    WholeVersion now = reader.index().aliased(alias).flatMap(reader.index()::find).orElse(null);
    if (now == null) {
      return null;
    }
    ModelEvent before = reader.index().alias(alias);
    return next != null && before != null && next.differsByGeneratorAlone(now.manifest())
        ? before.getPrevious()
        : now.manifest().version().value();
  }

  private @Nullable SigningKey key() {
    SigningKey key = policy.signingKey();
    if (key == null && !policy.trusted().isEmpty()) {
      throw new ModelLoadException(
          "what is written must be signed, for registry.publicKeys are set;"
              + " registry.signingKey names no key");
    }
    return key;
  }

  /** Writes in this order, and waits until the reader has read the last one. */
  private void write(List<ProducerRecord<byte[], byte[]>> records) {
    reader.awaitPosition(writer.write(records) + 1);
  }

  @Override
  public void onChampion(Consumer<ModelVersion> listener) {
    reader.onChange(
        () -> champion().orElse(null),
        version -> {
          if (version != null) {
            listener.accept(version);
          }
        });
  }

  @Override
  public void onShadow(Consumer<@Nullable ModelVersion> listener) {
    reader.onChange(() -> shadow().orElse(null), listener);
  }

  @Override
  public void onRefusal(Consumer<@Nullable String> listener) {
    reader.onChange(() -> reader.index().refusal(), listener);
  }

  @Override
  public void close() {
    writer.close();
    reader.close();
  }
}
