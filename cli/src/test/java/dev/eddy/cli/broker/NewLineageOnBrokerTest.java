package dev.eddy.cli.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.eddy.cli.topic.TopicReader;
import dev.eddy.definition.DefinitionReader;
import dev.eddy.definition.EddyConfiguration;
import dev.eddy.kafka.KafkaSettings;
import dev.eddy.kafka.SchemaJson;
import dev.eddy.kafka.TopicCreator;
import dev.eddy.kafka.TopicModelRegistry;
import dev.eddy.kafka.Topics;
import dev.eddy.registry.ModelVersion;
import dev.eddy.schema.Score;
import dev.eddy.stream.StreamApp;
import dev.eddy.stream.metrics.PlatformMetrics;
import dev.eddy.trainer.TrainerApp;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A definition that changes under a stream: every record is scored, by whatever fits it. */
class NewLineageOnBrokerTest {
  private static final int RECORDS = 600;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path folder;

  private final Map<Long, String> scoredBy = new ConcurrentHashMap<>();
  private final Random random = new Random(6);
  private EmbeddedBroker broker;
  private int written;

  @BeforeEach
  void startBroker() {
    broker = EmbeddedBroker.start();
  }

  @AfterEach
  void stopBroker() {
    broker.close();
  }

  @Test
  void baselinesScoreAtOnceAfterAFieldWasAddedUntilTheFirstModelOfTheNewLineageServes()
      throws Exception {
    // given: a champion for two fields
    EddyConfiguration before = configuration("load, memory");
    EddyConfiguration after = configuration("load, memory, disk");
    var creator = new TopicCreator(KafkaSettings.of(before));
    creator.createSource(before.stream(), 1);
    creator.createMissing(before.stream());
    write(after, RECORDS);
    assertThat(trainOnce(before)).isTrue();
    SchemaJson<Score> json = SchemaJson.of(Score.class);
    var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    PlatformMetrics.filter(meters);
    try (var streamApp = new StreamApp(after, Clock.systemUTC(), meters);
        var scores =
            TopicReader.start(
                KafkaSettings.of(after),
                "test",
                List.of(Topics.of(after.stream()).scores()),
                TopicReader.From.BEGINNING,
                record -> {
                  Score score = json.read(record.value());
                  scoredBy.put(score.getOffset(), score.getModelVersion());
                })) {

      // when: a third field counts
      streamApp.start();
      write(after, RECORDS / 2);
      await().atMost(PATIENCE).until(() -> scoredBy.size() == written);

      // then
      assertThat(scoredBy.values()).containsOnly(ModelVersion.BASELINE.value());
      int scoredByBaselines = written;
      assertThat(trainOnce(after)).isTrue();
      String second = ModelVersion.of(2).value();
      await().atMost(PATIENCE).until(() -> second.equals(streamApp.status().model().version()));
      write(after, RECORDS / 2);
      await().atMost(PATIENCE).until(() -> scoredBy.size() == written);
      assertThat(scoredBy.entrySet())
          .filteredOn(entry -> entry.getKey() >= scoredByBaselines)
          .extracting(Map.Entry::getValue)
          .containsOnly(second);
      assertThat(scores).isNotNull();
    }
    try (var registry = TopicModelRegistry.of(after, Clock.systemUTC())) {
      registry.start();
      assertThat(registry.load(ModelVersion.of(2)).manifest().notes())
          .contains("starts a new lineage beside v000001: field disk added");
    }
  }

  private boolean trainOnce(EddyConfiguration configuration) {
    try (var trainer =
        new TrainerApp(configuration, Clock.systemUTC(), new SimpleMeterRegistry())) {
      return trainer.trainOnce();
    }
  }

  private EddyConfiguration configuration(String features) {
    return DefinitionReader.parse(
        "test",
        """
        stream: changing
        source: {topic: readings, entity: host, timestamp: ts}
        features: [%s]
        detection: {detectors: [vae, neighbours]}
        training: {minimumRecords: %d}
        scoring: {device: cpu, stateDirectory: "%s"}
        http: {port: 0}
        kafka: {bootstrap.servers: "%s"}
        """
            .formatted(features, RECORDS, folder.resolve("state"), broker.bootstrapServers()));
  }

  private void write(EddyConfiguration configuration, int records) {
    long now = System.currentTimeMillis();
    List<ProducerRecord<byte[], byte[]>> sent = new ArrayList<>();
    for (int i = 0; i < records; i++, written++) {
      double load = random.nextGaussian();
      String value =
          "{\"host\":\"h%d\",\"ts\":%d,\"load\":%.4f,\"memory\":%.4f,\"disk\":%.4f}"
              .formatted(
                  written % 3,
                  now - records + i,
                  load,
                  load + 0.1 * random.nextGaussian(),
                  random.nextGaussian());
      sent.add(BrokerRecords.of("readings", value));
    }
    BrokerRecords.write(configuration, sent);
  }
}
