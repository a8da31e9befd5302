package dev.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.eddy.definition.EddyConfiguration;
import dev.eddy.kafka.TopicModelRegistry;
import dev.eddy.registry.Manifest;
import dev.eddy.registry.ModelVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
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
            features: [x]
            registry: {keepVersions: %d}
            """
                .formatted(KEPT));
    configuration = stream.configuration();
  }

  @AfterEach
  void stop() {
    stream.close();
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
      ChildJvm killed = stream.start(256, PublishForever.class, stream.file().toString());
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
