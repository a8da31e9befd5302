package dev.eddy.cli.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.eddy.definition.EddyConfiguration;
import dev.eddy.definition.EddyConfiguration.Http;
import dev.eddy.definition.EddyConfiguration.Scoring;
import dev.eddy.definition.Feature;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.definition.StreamDefinition.Format;
import dev.eddy.definition.StreamDefinition.Source;
import dev.eddy.definition.StreamDefinition.Training;
import dev.eddy.event.Coordinates;
import dev.eddy.kafka.KafkaSettings;
import dev.eddy.kafka.SchemaJson;
import dev.eddy.kafka.TopicCreator;
import dev.eddy.kafka.TopicException;
import dev.eddy.kafka.TopicModelRegistry;
import dev.eddy.kafka.Topics;
import dev.eddy.registry.ArtifactFixture;
import dev.eddy.registry.Manifest;
import dev.eddy.registry.ModelVersion;
import dev.eddy.registry.TrainedModel;
import dev.eddy.schema.Label;
import dev.eddy.schema.Verdict;
import dev.eddy.trainer.TrainerApp;
import dev.eddy.trainer.TrainingRequest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The trainer and the registry against a real broker, on a stream of their own for each test. */
class TrainerOnBrokerTest {
  private static final int RECORDS = 1_200;
  private static EmbeddedBroker broker;

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedBroker.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void createsTheTopicsOnceAndNotWithoutTheSource() {
    EddyConfiguration configuration = configuration("created");
    var creator = new TopicCreator(KafkaSettings.of(configuration));

    assertThatThrownBy(() -> creator.createMissing(configuration.stream()))
        .isInstanceOf(TopicException.class)
        .hasMessage(
            "source.topic must exist on the broker, got created-events, which does not; create it,"
                + " or let eddy replay FILE do it");
    creator.createSource(configuration.stream(), 2);
    creator.createSource(configuration.stream(), 2);

    assertThat(creator.createMissing(configuration.stream()))
        .hasSize(10)
        .contains("created.scores", "created.models");
    assertThat(creator.createMissing(configuration.stream())).isEmpty();
  }

  @Test
  void trainsOnceAndAnotherProcessServesTheModel() throws InterruptedException {
    EddyConfiguration configuration = configuration("once");
    writeSource(configuration);
    var told = new LinkedBlockingQueue<ModelVersion>();
    new TopicCreator(KafkaSettings.of(configuration)).createMissing(configuration.stream());
    try (var elsewhere = registry(configuration);
        var trainer = new TrainerApp(configuration, Clock.systemUTC(), new SimpleMeterRegistry())) {
      elsewhere.start();
      elsewhere.onChampion(told::add);

      assertThat(trainer.trainOnce()).isTrue();

      assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(ModelVersion.of(1));
      TrainedModel model =
          TrainedModel.fromArtifact(configuration.stream(), elsewhere.load(ModelVersion.of(1)));
      assertThat(model.manifest().trainedOn())
          .containsEntry("once-events-0", "offsets 0 to " + (RECORDS - 1));
      assertThat(model.manifest().metrics().get("plantedAuroc")).isGreaterThan(0.8);
      assertThat(model.generator()).isNull();
      assertThat(trainer.status().recordsSeen()).isEqualTo(RECORDS);
      assertThat(trainer.status().lastVersion()).isEqualTo(ModelVersion.of(1));
    }
  }

  @Test
  void trainsInTheBackgroundTakesLabelsAndTrainsAgain() {
    EddyConfiguration configuration = configuration("background");
    writeSource(configuration);
    try (var trainer =
        new TrainerApp(configuration, Clock.systemUTC(), new SimpleMeterRegistry())) {
      trainer.start();
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> trainer.status().trainings() == 1 && !trainer.status().training());
      assertThat(trainer.status().lastGate()).startsWith("promoted");

      label(configuration, 3, Verdict.TRUE_ALARM);
      label(configuration, 4, Verdict.TRUE_ALARM);
      label(configuration, 4, Verdict.FALSE_ALARM);

      await().atMost(Duration.ofMinutes(2)).until(() -> trainer.status().trainings() == 2);
      assertThat(trainer.status().labels())
          .containsEntry("TRUE_ALARM", 1L)
          .containsEntry("FALSE_ALARM", 1L);
      assertThat(trainer.status().classes()).containsEntry("dos", 1).containsEntry("normal", 1);
      assertThat(trainer.status().lastVersion()).isEqualTo(ModelVersion.of(2));
    }
    try (var registry = registry(configuration)) {
      registry.start();
      assertThat(registry.versions())
          .extracting(Manifest::version)
          .containsExactly(ModelVersion.of(1), ModelVersion.of(2));
    }
    assertThat(keysOf(configuration, Topics.of(configuration.stream()).labelled()))
        .contains("background-events-0-3", "background-events-0-4");
  }

  @Test
  void oneOfTwoTrainersTrainsAndTheOtherTakesItsPlace() {
    EddyConfiguration configuration = configuration("two");
    writeSource(configuration);
    try (var second = new TrainerApp(configuration, Clock.systemUTC(), new SimpleMeterRegistry())) {
      try (var first =
          new TrainerApp(configuration, Clock.systemUTC(), new SimpleMeterRegistry())) {
        first.start();
        second.start();
        await()
            .atMost(Duration.ofMinutes(2))
            .until(
                () ->
                    first.status().trainings() + second.status().trainings() == 1
                        && !first.status().training() // closed before, it would publish nothing
                        && second.status().recordsSeen() == RECORDS);
        assertThat(second.status().trainings()).as("the second one reads along").isZero();
        assertThat(first.status().leads()).isTrue();
        assertThat(second.status().leads()).isFalse();
        assertThat(second.requestTraining("ann")).isEqualTo(TrainingRequest.NOT_LEADING);
      }

      for (int offset = 3; offset < 6; offset++) {
        label(configuration, offset, Verdict.TRUE_ALARM);
      }

      await().atMost(Duration.ofMinutes(2)).until(() -> second.status().trainings() == 1);
      assertThat(second.status().lastVersion()).isEqualTo(ModelVersion.of(2));
    }
  }

  @Test
  void refusesWhatATrainerWritesThatWasReplacedWithoutKnowingIt() {
    EddyConfiguration configuration = configuration("zombie");
    new TopicCreator(KafkaSettings.of(configuration)).createSource(configuration.stream(), 1);
    new TopicCreator(KafkaSettings.of(configuration)).createMissing(configuration.stream());
    try (var zombie = registry(configuration);
        var elected = registry(configuration)) {
      zombie.start();
      elected.start();
      zombie.lead().take();
      zombie.publish(ArtifactFixture.artifact(ModelVersion.of(1), 10));
      elected.lead().take();

      assertThatThrownBy(() -> zombie.publish(ArtifactFixture.artifact(ModelVersion.of(2), 10)))
          .isInstanceOf(TopicException.class)
          .hasMessageContaining("which is another one now");
      assertThat(zombie.lead().isHeld()).isFalse();
      elected.publish(ArtifactFixture.artifact(ModelVersion.of(2), 20));

      assertThat(elected.load(ModelVersion.of(2)).parts().get("vae.safetensors")).hasSize(20);
    }
  }

  @Test
  void aRollbackReachesEveryInstanceWithinFiveSeconds() throws InterruptedException {
    EddyConfiguration configuration = configuration("rollback");
    new TopicCreator(KafkaSettings.of(configuration)).createSource(configuration.stream(), 1);
    new TopicCreator(KafkaSettings.of(configuration)).createMissing(configuration.stream());
    try (var operator = registry(configuration);
        var one = registry(configuration);
        var other = registry(configuration)) {
      operator.start();
      operator.publish(ArtifactFixture.artifact(ModelVersion.of(1), 1 << 20));
      operator.publish(ArtifactFixture.artifact(ModelVersion.of(2), 1 << 20));
      operator.promote(ModelVersion.of(2), "better", "trainer");
      var told = new LinkedBlockingQueue<ModelVersion>();
      for (TopicModelRegistry instance : List.of(one, other)) {
        instance.start();
        instance.onChampion(version -> told.add(instance.load(version).manifest().version()));
      }
      assertThat(List.of(take(told), take(told))).containsOnly(ModelVersion.of(2));

      long start = System.nanoTime();
      operator.promote(ModelVersion.of(1), "rolled back", "ann");

      assertThat(List.of(take(told), take(told))).containsOnly(ModelVersion.of(1));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
  }

  private static ModelVersion take(LinkedBlockingQueue<ModelVersion> told)
      throws InterruptedException {
    return Objects.requireNonNull(told.poll(10, TimeUnit.SECONDS), "told within ten seconds");
  }

  @Test
  void saysThatThereIsTooLittleToTrainOn() {
    EddyConfiguration configuration = configuration("little");
    new TopicCreator(KafkaSettings.of(configuration)).createSource(configuration.stream(), 1);
    try (var trainer =
        new TrainerApp(configuration, Clock.systemUTC(), new SimpleMeterRegistry())) {
      assertThat(trainer.trainOnce()).isFalse();
      assertThat(trainer.status().recordsSeen()).isZero();
    }
  }

  private static EddyConfiguration configuration(String name) {
    var definition =
        StreamDefinition.of(
                name,
                new Source(name + "-events", Format.JSON, "host", "ts", List.of()),
                List.of(Feature.number("load"), Feature.number("memory"), Feature.number("disk")))
            .withTraining(
                new Training(Duration.ofHours(1), Duration.ofDays(7), RECORDS, 3, 5_000, 1));
    return new EddyConfiguration(
        definition,
        Map.of("bootstrap.servers", broker.bootstrapServers()),
        new Scoring(512, Duration.ofMillis(20), "cpu", 1, true, true, null),
        Http.DEFAULT);
  }

  /** In the days of the fixture's artifacts, which are not too old then. */
  private static TopicModelRegistry registry(EddyConfiguration configuration) {
    return TopicModelRegistry.of(
        configuration, Clock.fixed(Instant.ofEpochMilli(5_000), ZoneOffset.UTC));
  }

  private static void writeSource(EddyConfiguration configuration) {
    new TopicCreator(KafkaSettings.of(configuration)).createSource(configuration.stream(), 1);
    var random = new SplittableRandom(1);
    long now = System.currentTimeMillis();
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      double load = random.nextGaussian();
      String json =
          "{\"host\":\"h%d\",\"ts\":%d,\"load\":%s,\"memory\":%s,\"disk\":%s}"
              .formatted(
                  i % 3,
                  now - RECORDS + i,
                  load,
                  2 * load + 0.1 * random.nextGaussian(),
                  random.nextGaussian());
      records.add(
          new ProducerRecord<>(
              Topics.of(configuration.stream()).source(), null, json.getBytes(UTF_8)));
    }
    BrokerRecords.write(configuration, records);
  }

  private static void label(EddyConfiguration configuration, long offset, Verdict verdict) {
    Topics topics = Topics.of(configuration.stream());
    var coordinates = new Coordinates(topics.source(), 0, offset);
    var label =
        new Label(
            coordinates.topic(), 0, offset, verdict, "dos", "ann", System.currentTimeMillis());
    BrokerRecords.write(
        configuration,
        List.of(
            new ProducerRecord<>(
                topics.labels(),
                coordinates.toString().getBytes(UTF_8),
                SchemaJson.of(Label.class).write(label))));
  }

  private static List<String> keysOf(EddyConfiguration configuration, String topic) {
    List<String> keys = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(
            KafkaSettings.of(configuration).consumer("test"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      var partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          keys.add(new String(record.key(), UTF_8));
        }
      }
    }
    return keys;
  }
}
