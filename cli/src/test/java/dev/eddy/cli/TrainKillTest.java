package dev.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.eddy.cli.broker.BrokerRecords;
import dev.eddy.definition.EddyConfiguration;
import dev.eddy.kafka.TopicModelRegistry;
import dev.eddy.registry.Manifest;
import dev.eddy.registry.ModelVersion;
import dev.eddy.registry.TrainedModel;
import dev.eddy.schema.ModelVerdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code eddy train} that is killed with SIGKILL anywhere between the beginning of a training and
 * the beginning of the next leaves the registry whole, and trains again when it is started again.
 */
class TrainKillTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int RECORDS = 600;
  private static final long SEED = 21;

  /** A training and its publication take about as long, on a core that does other things too. */
  private static final int WITHIN_MILLIS = 3_000;

  @TempDir Path folder;

  private KilledStream stream;
  private EddyConfiguration configuration;

  @BeforeEach
  void startBroker() throws IOException {
    stream =
        new KilledStream(
            folder,
            1,
            """
            stream: killed
            source: {topic: readings}
            features: [x, y]
            detection: {detectors: [vae, discriminator, neighbours]}
            training: {every: 1s, minimumInterval: 0s, minimumRecords: %d, budget: 100000 per day}
            """
                .formatted(RECORDS));
    configuration = stream.configuration();
    writeSource();
  }

  @AfterEach
  void stop() {
    stream.close();
  }

  @Test
  void theRegistryIsWholeThoughTheTrainerIsKilledInTheMiddleOfATraining() throws Exception {
    killAndCheck(2);
  }

  @Test
  @Tag("slow")
  void theRegistryIsWholeAfterTheTrainerWasKilledTwentyTimes() throws Exception {
    killAndCheck(20);
  }

  private void killAndCheck(int cycles) throws Exception {
    Random random = new Random(SEED);
    for (int cycle = 0; cycle < cycles; cycle++) {
      ChildJvm killed = train();
      long before = killed.linesWith("training begins");
      await().atMost(PATIENCE).until(() -> killed.linesWith("training begins") > before);
      TimeUnit.MILLISECONDS.sleep(random.nextInt(WITHIN_MILLIS));
      killed.kill();

      check(cycle);
    }
    int published = check(cycles);
    ChildJvm resumed = train();
    try (var registry = registry()) {
      registry.start();
      await().atMost(PATIENCE).until(() -> registry.versions().size() > published);
    }
    resumed.kill();
  }

  /** Returns how many versions there are. */
  private int check(int cycle) {
    try (var registry = registry()) {
      registry.start();
      List<ModelVersion> versions = registry.versions().stream().map(Manifest::version).toList();
      for (ModelVersion version : versions) {
        TrainedModel model =
            TrainedModel.fromArtifact(configuration.stream(), registry.load(version));
        assertThat(model.detection().detectorNames()).as("cycle %d", cycle).isNotEmpty();
      }
      assertThat(registry.verdicts())
          .as("cycle %d: artifact, verdict and promotion are one step", cycle)
          .extracting(verdict -> new ModelVersion(verdict.getVersion()))
          .containsExactlyInAnyOrderElementsOf(versions);
      List<ModelVersion> promoted =
          registry.verdicts().stream()
              .filter(ModelVerdict::getPromoted)
              .map(verdict -> new ModelVersion(verdict.getVersion()))
              .sorted()
              .toList();
      assertThat(registry.champion().stream().toList())
          .as("cycle %d: the last that won serves", cycle)
          .isEqualTo(promoted.subList(Math.max(0, promoted.size() - 1), promoted.size()));
      return versions.size();
    }
  }

  private TopicModelRegistry registry() {
    return TopicModelRegistry.of(configuration, Clock.systemUTC());
  }

  private ChildJvm train() throws IOException {
    return stream.start(
        512, EddyCommand.class, "train", "--http-port", "0", "--config", stream.file().toString());
  }

  private void writeSource() {
    Random random = new Random(SEED);
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      double x = random.nextGaussian();
      String value = "{\"x\":%.4f,\"y\":%.4f}".formatted(x, x + 0.1 * random.nextGaussian());
      records.add(BrokerRecords.of("readings", value));
    }
    BrokerRecords.write(configuration, records);
  }
}
