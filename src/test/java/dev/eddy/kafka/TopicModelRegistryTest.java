package dev.eddy.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.registry.ArtifactFixture;
import dev.eddy.registry.Manifest;
import dev.eddy.registry.ModelArtifact;
import dev.eddy.registry.ModelLoadException;
import dev.eddy.registry.ModelVersion;
import dev.eddy.schema.ModelCheck;
import dev.eddy.schema.ModelVerdict;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TopicModelRegistryTest {
  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(5_000), ZoneOffset.UTC);
  private static final ModelVersion V1 = ModelVersion.of(1);
  private static final ModelVersion V2 = ModelVersion.of(2);

  private final FakeTopic topic = new FakeTopic("network.models");
  private final TopicModelRegistry registry = registry();

  private TopicModelRegistry registry() {
    return new TopicModelRegistry("network.models", CLOCK, topic::newConsumer, topic::newProducer);
  }

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void offersWhatItPublishedAndGivesItBackWhole() {
    registry.start();
    ModelArtifact artifact = ArtifactFixture.artifact(V1, 3 * ModelTopicFormat.CHUNK_BYTES);

    registry.publish(artifact);

    assertThat(registry.versions()).extracting(Manifest::version).containsExactly(V1);
    assertThat(registry.load(V1).toZip()).isEqualTo(artifact.toZip());
    assertThat(topic.keys()).startsWith("v000001/0000", "v000001/0001").endsWith("v000001");
    assertThat(registry.champion()).isEmpty();
  }

  @Test
  void findsVersionsAndChampionAfterARestart() {
    registry.start();
    registry.publish(ArtifactFixture.artifact(V1, 100));
    registry.publish(ArtifactFixture.artifact(V2, 100));
    registry.promote(V2, "better", "test");

    try (TopicModelRegistry another = registry()) {
      another.start();

      assertThat(another.versions()).extracting(Manifest::version).containsExactly(V1, V2);
      assertThat(another.champion()).contains(V2);
      assertThat(another.load(V1).manifest().version()).isEqualTo(V1);
    }
  }

  @Test
  void keepsTheVerdictOnARefusedCandidateThatHasNoArtifact() {
    registry.start();
    var check = new ModelCheck("health", false, "weights must be finite, got NaN");
    var verdict =
        new ModelVerdict(
            "v000002", "v000001", false, false, "refused", "1h", List.of(check), Map.of(), 7L);

    registry.judged(verdict);

    assertThat(topic.keys()).containsExactly("verdict/v000002");
    assertThat(registry.versions()).isEmpty();
    try (TopicModelRegistry another = registry()) {
      another.start();
      assertThat(another.verdicts()).containsExactly(verdict);
    }
  }

  @Test
  void neverOffersHalfAnArtifact() {
    var records =
        ModelTopicFormat.artifact("network.models", ArtifactFixture.artifact(V1, 600_000));
    topic.append(records.get(0)); // the writer died after the first of two chunks
    topic.append(records.get(records.size() - 1)); // as if its manifest had overtaken the rest
    registry.start();

    assertThat(registry.versions()).isEmpty();
    assertThatThrownBy(() -> registry.load(V1)).isInstanceOf(ModelLoadException.class);
    assertThatThrownBy(() -> registry.promote(V1, "no", "test"))
        .isInstanceOf(ModelLoadException.class)
        .hasMessage("version must be one of the registry's, got v000001 of 0 versions");
  }

  @Test
  void offersAVersionThatIsPublishedAgainAfterItsWriterDiedHalfway() {
    ModelArtifact artifact = ArtifactFixture.artifact(V1, 600_000);
    topic.append(
        ModelTopicFormat.artifact("network.models", ArtifactFixture.artifact(V1, 900_000)).get(0));
    registry.start();

    registry.publish(artifact);

    assertThat(registry.load(V1).toZip()).isEqualTo(artifact.toZip());
  }

  @Test
  void refusesToLoadAnAlteredChunk() {
    var records = ModelTopicFormat.artifact("network.models", ArtifactFixture.artifact(V1, 1_000));
    byte[] altered = records.get(0).value().clone();
    altered[altered.length / 2] ^= 1;
    topic.append(new ProducerRecord<>("network.models", 0, records.get(0).key(), altered));
    topic.append(records.get(1));
    registry.start();

    assertThat(registry.versions()).hasSize(1);
    assertThatThrownBy(() -> registry.load(V1)).isInstanceOf(ModelLoadException.class);
  }

  @Test
  void passesOverRecordsThatItCannotRead() {
    byte[] garbage = "garbage".getBytes(UTF_8);
    for (String key : List.of("champion", "v000009", "v000009/x", "", "signature/v000001")) {
      topic.append(new ProducerRecord<>("network.models", 0, key.getBytes(UTF_8), garbage));
    }
    topic.append(new ProducerRecord<>("network.models", 0, null, garbage));
    registry.start();
    registry.publish(ArtifactFixture.artifact(V1, 10));

    assertThat(registry.versions()).hasSize(1);
    assertThat(registry.champion()).isEmpty();
  }

  @Test
  void tellsAListenerTheChampionOfTodayAndEachChangeButNoHistory() throws InterruptedException {
    registry.start();
    registry.publish(ArtifactFixture.artifact(V1, 10));
    registry.publish(ArtifactFixture.artifact(V2, 10));
    registry.promote(V1, "first", "test");
    registry.promote(V2, "better", "test");
    try (TopicModelRegistry another = registry()) {
      var told = new LinkedBlockingQueue<ModelVersion>();
      another.onChampion(
          version -> {
            throw new IllegalStateException("a broken listener");
          });
      another.onChampion(told::add);
      another.start();

      assertThat(told.poll(5, TimeUnit.SECONDS)).isEqualTo(V2);

      registry.promote(V1, "rollback", "test");

      assertThat(told.poll(5, TimeUnit.SECONDS)).isEqualTo(V1);
      assertThat(told).isEmpty();
    }
  }

  @Test
  void refusesToPublishAVersionTwice() {
    registry.start();
    registry.publish(ArtifactFixture.artifact(V1, 10));

    assertThatThrownBy(() -> registry.publish(ArtifactFixture.artifact(V1, 20)))
        .isInstanceOf(ModelLoadException.class)
        .hasMessage("version to publish must be new, got v000001");
  }

  @Test
  void removesTheOldestVersionsButTheChampion() {
    registry.start();
    registry.publish(ArtifactFixture.artifact(V1, 10));
    registry.promote(V1, "first", "test");
    for (int number = 2; number <= TopicModelRegistry.KEPT_VERSIONS + 2; number++) {
      registry.publish(ArtifactFixture.artifact(ModelVersion.of(number), 10));
    }

    assertThat(registry.versions())
        .extracting(Manifest::version)
        .hasSize(TopicModelRegistry.KEPT_VERSIONS + 1)
        .contains(V1)
        .doesNotContain(V2);
    assertThat(registry.load(V1).manifest().version()).isEqualTo(V1);
  }
}
