package dev.eddy.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.eddy.cli.broker.BrokerRecords;
import dev.eddy.cli.topic.TopicReader;
import dev.eddy.definition.EddyConfiguration;
import dev.eddy.event.Coordinates;
import dev.eddy.kafka.KafkaSettings;
import dev.eddy.kafka.SchemaJson;
import dev.eddy.kafka.Topics;
import dev.eddy.schema.Score;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The promise of exactly-once, against the worst that can happen to a process: {@code eddy run} in
 * a JVM of its own is killed with SIGKILL between two records and started again.
 */
class KillTest {
  private static final int RECORDS = 12_000;
  private static final int PARTITIONS = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path folder;

  private KilledStream stream;
  private EddyConfiguration configuration;

  @BeforeEach
  void startBroker() throws IOException {
    stream =
        new KilledStream(
            folder,
            PARTITIONS,
            """
            stream: killed
            source: {topic: readings, format: json, entity: sensor}
            features: [x, y]
            scoring: {stateDirectory: "%s", batchSize: 256}
            http: {port: 0}
            """
                .formatted(folder.resolve("state")));
    configuration = stream.configuration();
  }

  @AfterEach
  void stop() {
    stream.close();
  }

  @Test
  void everyRecordHasExactlyOneCommittedScoreThoughTheStreamAppIsKilledInTheMiddle()
      throws Exception {
    // given
    KafkaSettings settings = KafkaSettings.of(configuration);
    Map<Coordinates, Integer> scores = new ConcurrentHashMap<>();
    AtomicInteger seen = new AtomicInteger();
    SchemaJson<Score> json = SchemaJson.of(Score.class);
    TopicReader reader =
        TopicReader.start(
            settings,
            "kill-test",
            List.of(Topics.of(configuration.stream()).scores()),
            TopicReader.From.BEGINNING,
            consumed -> {
              Score score = json.read(consumed.value());
              scores.merge(
                  new Coordinates(score.getTopic(), score.getPartition(), score.getOffset()),
                  1,
                  Integer::sum);
              seen.incrementAndGet();
            });

    // when: killed as soon as scores come, with most of the records still to go
    ChildJvm first = run();
    produce(RECORDS / 3);
    await().atMost(PATIENCE).until(() -> seen.get() > 0);
    produce(RECORDS / 3);
    first.kill();
    int seenWhenKilled = seen.get();
    produce(RECORDS / 3);
    ChildJvm second = run();
    await().atMost(PATIENCE).until(() -> scores.size() == RECORDS);
    second.kill();
    reader.close();

    // then
    assertThat(seenWhenKilled).isLessThan(RECORDS);
    assertThat(scores.values()).containsOnly(1);
    assertThat(seen).hasValue(RECORDS);
  }

  private ChildJvm run() throws IOException {
    return stream.start(512, EddyCommand.class, "run", "--config", stream.file().toString());
  }

  private void produce(int count) {
    Random random = new Random(count);
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String sensor = "s" + i % 20;
      String value =
          "{\"sensor\":\"%s\",\"x\":%.4f,\"y\":%.4f}"
              .formatted(sensor, random.nextGaussian(), random.nextGaussian());
      records.add(new ProducerRecord<>("readings", sensor.getBytes(UTF_8), value.getBytes(UTF_8)));
    }
    BrokerRecords.write(configuration, records);
  }
}
