package dev.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.eddy.cli.broker.EmbeddedBroker;
import dev.eddy.definition.DefinitionReader;
import dev.eddy.definition.EddyConfiguration;
import dev.eddy.kafka.KafkaSettings;
import dev.eddy.kafka.TopicCreator;
import dev.eddy.kafka.TopicModelRegistry;
import dev.eddy.registry.Manifest;
import dev.eddy.registry.ModelVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trainer that is killed with SIGKILL in the middle of publishing leaves the registry whole. */
class PublishKillTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int KEPT = 4;
  private static final long SEED = 20;

  @TempDir Path folder;

  private EmbeddedBroker broker;
  private Path file;
  private EddyConfiguration configuration;
  private @Nullable ChildJvm publishing;

  @BeforeEach
  void startBroker() throws IOException {
    broker = EmbeddedBroker.start();
    file = folder.resolve("stream.yaml");
    Files.writeString(
        file,
        """
        stream: killed
        source: {topic: readings}
        features: [x]
        registry: {keepVersions: %d}
        kafka: {bootstrap.servers: "%s"}
        """
            .formatted(KEPT, broker.bootstrapServers()));
    configuration = DefinitionReader.read(file);
    var creator = new TopicCreator(KafkaSettings.of(configuration));
    creator.createSource(configuration.stream(), 1);
    creator.createMissing(configuration.stream());
  }

  @AfterEach
  void stop() {
    if (publishing != null) {
      publishing.close();
    }
    broker.close();
  }

  @Test
  void everyVersionThatIsOfferedIsWholeThoughItsWriterIsKilledAgainAndAgain() throws Exception {
    killAndCheck(2);
  }

  @Test
  @Tag("slow")
  void everyVersionThatIsOfferedIsWholeAfterTwentyKills() throws Exception {
    killAndCheck(20);
  }

  private void killAndCheck(int cycles) throws Exception {
    Random random = new Random(SEED);
    ModelVersion last = ModelVersion.of(0);
    for (int cycle = 0; cycle < cycles; cycle++) {
      ModelVersion before = last;
      ChildJvm killed =
          ChildJvm.start(
              folder.resolve("log"), 256, PublishForever.class.getName(), file.toString());
      publishing = killed;
      try (TopicModelRegistry watching = PublishForever.registry(configuration)) {
        watching.start();
        await()
            .atMost(PATIENCE)
            .until(() -> watching.champion().filter(now -> now.compareTo(before) > 0).isPresent());
      }
      TimeUnit.MILLISECONDS.sleep(random.nextInt(400)); // then somewhere in a later version
      killed.kill();

      last = check(cycle);
    }
  }

  private ModelVersion check(int cycle) {
    try (TopicModelRegistry registry = PublishForever.registry(configuration)) {
      registry.start();
      List<ModelVersion> versions = registry.versions().stream().map(Manifest::version).toList();
      assertThat(versions).as("cycle %d", cycle).isNotEmpty().hasSizeLessThanOrEqualTo(KEPT);
      for (ModelVersion version : versions) {
        assertThat(registry.load(version).manifest().version()).isEqualTo(version);
      }
      ModelVersion champion = registry.champion().orElseThrow();
      assertThat(champion)
          .as("published and promoted in one step")
          .isEqualTo(versions.get(versions.size() - 1));
      return champion;
    }
  }
}
