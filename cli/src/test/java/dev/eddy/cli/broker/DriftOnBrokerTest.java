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
import dev.eddy.schema.DriftKind;
import dev.eddy.schema.DriftReport;
import dev.eddy.schema.ModelVerdict;
import dev.eddy.trainer.TrainerApp;
import dev.eddy.trainer.training.TrainingOutcome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Drift, guard and gate together, on a broker: a stream that moves while somebody poisons it. */
class DriftOnBrokerTest {
  private static final int BEFORE = 1_200;
  private static final int AFTER = 2_000;
  private static final int POISONED_EVERY = 20;
  private static final long START = 1_700_000_000_000L;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final List<DriftReport> drifts = new CopyOnWriteArrayList<>();
  private final List<TrainingOutcome> outcomes = new CopyOnWriteArrayList<>();
  private final Set<Long> poison = new HashSet<>();
  private final Random random = new Random(4);
  private EmbeddedBroker broker;
  private EddyConfiguration configuration;
  private long offset;

  @BeforeEach
  void startBroker() {
    broker = EmbeddedBroker.start();
    configuration =
        DefinitionReader.parse(
            "test",
            """
            stream: moving
            source: {topic: readings, entity: host, timestamp: ts}
            features: [load, memory, disk]
            training:
              every: 1h
              minimumInterval: 0s
              minimumRecords: %d
              maximumRecords: %d
              drift: {window: 25s, minimumRecords: 200}
            scoring: {device: cpu}
            kafka: {bootstrap.servers: "%s"}
            """
                .formatted(BEFORE, BEFORE, broker.bootstrapServers()));
    var creator = new TopicCreator(KafkaSettings.of(configuration));
    creator.createSource(configuration.stream(), 1);
    creator.createMissing(configuration.stream());
  }

  @AfterEach
  void stopBroker() {
    broker.close();
  }

  @Test
  void aShiftIsReportedTrainsAModelWithoutThePoisonAndTheGatesVerdictSaysSo() {
    // given
    SchemaJson<DriftReport> json = SchemaJson.of(DriftReport.class);
    write(BEFORE, 0);
    try (var reader =
            TopicReader.start(
                KafkaSettings.of(configuration),
                "test",
                List.of(Topics.of(configuration.stream()).drift()),
                TopicReader.From.BEGINNING,
                record -> drifts.add(json.read(record.value())));
        var trainer = new TrainerApp(configuration, Clock.systemUTC(), new SimpleMeterRegistry());
        var registry = TopicModelRegistry.of(configuration, Clock.systemUTC())) {
      trainer.onTrained(outcomes::add);
      trainer.start();
      registry.start();
      await().atMost(PATIENCE).until(() -> outcomes.size() == 1);
      await().atMost(PATIENCE).until(() -> registry.champion().isPresent());

      // when
      write(AFTER, 1.5);

      // then
      await().atMost(PATIENCE).until(() -> outcomes.size() == 2);
      assertThat(drifts)
          .anyMatch(
              report ->
                  report.getKind() == DriftKind.FEATURE
                      && report.getSubject().equals("memory")
                      && report.getDrifted()
                      && report.getModelVersion().equals("v000001"))
          .noneMatch(report -> report.getSubject().equals("disk") && report.getDrifted());
      assertThat(poison).isNotEmpty();
      TrainingOutcome second = outcomes.get(1);
      assertThat(second.screened().extreme()).isPositive();
      assertThat(second.screened().samples())
          .hasSizeGreaterThan(BEFORE / 2)
          .noneMatch(row -> poison.contains(row.observation().event().coordinates().offset()));
      await().atMost(PATIENCE).until(() -> registry.verdicts().size() == 2);
      ModelVerdict verdict = registry.verdicts().get(1);
      assertThat(verdict.getVersion()).isEqualTo(ModelVersion.of(2).value());
      assertThat(verdict.getTrigger()).startsWith("drift: ").contains("memory");
      assertThat(verdict.getPromoted()).isEqualTo(second.verdict().promote());
      assertThat(verdict.getFigures())
          .containsEntry("guard.extreme", (double) second.screened().extreme());
      assertThat(reader).isNotNull();
    }
  }

  /**
   * Writes records 50 ms apart.
   *
   * @param shift of the memory; where it is not 0, one record in {@value #POISONED_EVERY} is poison
   */
  private void write(int records, double shift) {
    List<ProducerRecord<byte[], byte[]>> sent = new ArrayList<>();
    for (int i = 0; i < records; i++, offset++) {
      double load = random.nextGaussian();
      double memory = 0.5 * load + random.nextGaussian() + shift;
      double disk = random.nextGaussian();
      if (shift != 0 && i % POISONED_EVERY == 0) {
        poison.add(offset);
        load = 40;
        memory = -60;
      }
      String value =
          "{\"host\":\"h%d\",\"ts\":%d,\"load\":%.4f,\"memory\":%.4f,\"disk\":%.4f}"
              .formatted(offset % 3, START + 50 * offset, load, memory, disk);
      sent.add(BrokerRecords.of("readings", value));
    }
    BrokerRecords.write(configuration, sent);
  }
}
