package dev.eddy.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.definition.StreamDefinition.Gate.Promotion;
import dev.eddy.registry.ArtifactFixture;
import dev.eddy.registry.Manifest;
import dev.eddy.registry.ModelArtifact;
import dev.eddy.registry.ModelLoadException;
import dev.eddy.registry.ModelVersion;
import dev.eddy.registry.RegistryPolicy;
import dev.eddy.registry.TrustedKeys;
import dev.eddy.schema.ModelCheck;
import dev.eddy.schema.ModelVerdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TopicModelRegistryTest {
  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(5_000), ZoneOffset.UTC);
  private static final ModelVersion V1 = ModelVersion.of(1);
  private static final ModelVersion V2 = ModelVersion.of(2);
  private static final ModelVersion V3 = ModelVersion.of(3);

  private final FakeTopic topic = new FakeTopic("network.models");
  private final TopicModelRegistry registry = registry();

  private TopicModelRegistry registry() {
    return registry(RegistryPolicy.DEFAULT);
  }

  private TopicModelRegistry registry(RegistryPolicy policy) {
    return new TopicModelRegistry(
        "network.models",
        CLOCK,
        policy,
        topic::newConsumer,
        topic::newProducer,
        topic::newProducer);
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
  void removesVersionsBeyondTheNumberThatIsKeptButNoneThatSomebodyNeeds() {
    var policy = new RegistryPolicy(4, Duration.ofDays(9), null, TrustedKeys.NONE, null);
    try (TopicModelRegistry few = registry(policy)) {
      few.start();
      few.publish(ArtifactFixture.artifact(V1, 10));
      few.promote(V1, "first", "test");
      few.publish(ArtifactFixture.artifact(V2, 10));
      few.shadow(V2, "look", "test");
      few.publish(ArtifactFixture.artifact(V3, 10), verdict(V3, true), Promotion.AUTOMATIC);
      for (int number = 4; number <= 9; number++) {
        few.publish(ArtifactFixture.artifact(ModelVersion.of(number), 10));
      }

      assertThat(few.versions())
          .extracting(Manifest::version)
          .as("before the champion, shadow, champion, and the newest one")
          .containsExactly(V1, V2, V3, ModelVersion.of(9));
      assertThat(few.load(V1).manifest().version()).isEqualTo(V1);
      assertThat(topic.keys().stream().filter("v000004/0000"::equals)).hasSize(2);
    }
  }

  @Test
  void removesVersionsThatAreTooOld() {
    var policy = new RegistryPolicy(50, Duration.ofMillis(3_999), null, TrustedKeys.NONE, null);
    try (TopicModelRegistry young = registry(policy)) {
      young.start();
      young.publish(ArtifactFixture.artifact(V1, 10)); // made at 1,000; the clock says 5,000
      young.publish(ArtifactFixture.artifact(V2, 10));

      assertThat(young.versions()).extracting(Manifest::version).containsExactly(V2);
    }
  }

  @Test
  void publishesPromotesAndSaysWhyInOneStep() {
    registry.start();

    registry.publish(ArtifactFixture.artifact(V1, 10), verdict(V1, true), Promotion.AUTOMATIC);
    registry.publish(ArtifactFixture.artifact(V2, 10), verdict(V2, false), Promotion.AUTOMATIC);

    assertThat(registry.champion()).contains(V1);
    assertThat(registry.verdicts()).containsExactly(verdict(V1, true), verdict(V2, false));
    assertThat(registry.waiting()).isEmpty();
  }

  @Test
  void letsAWinnerWaitUntilAPersonPromotesIt() {
    registry.start();
    registry.publish(ArtifactFixture.artifact(V1, 10), verdict(V1, true), Promotion.AUTOMATIC);
    registry.publish(ArtifactFixture.artifact(V2, 10), verdict(V2, true), Promotion.APPROVAL);
    assertThat(registry.champion()).contains(V1);
    assertThat(registry.waiting()).contains(V2);

    registry.promote(V2, "looked at", "ann");

    assertThat(registry.champion()).contains(V2);
    assertThat(registry.waiting()).isEmpty();
  }

  @Test
  void letsNothingWaitThatALaterWinnerHasOvertaken() {
    registry.start();
    registry.publish(ArtifactFixture.artifact(V1, 10), verdict(V1, true), Promotion.APPROVAL);

    registry.publish(ArtifactFixture.artifact(V2, 10), verdict(V2, true), Promotion.AUTOMATIC);

    assertThat(registry.champion()).contains(V2);
    assertThat(registry.waiting()).isEmpty();
  }

  @Test
  void tellsOfTheShadowAndOfItsEnd() throws InterruptedException {
    registry.start();
    registry.publish(ArtifactFixture.artifact(V1, 10));
    var told = new LinkedBlockingQueue<Optional<ModelVersion>>();
    registry.onShadow(version -> told.add(Optional.ofNullable(version)));

    registry.shadow(V1, "look", "ann");
    assertThat(told.poll(5, TimeUnit.SECONDS)).contains(V1);
    registry.shadow(null, "seen enough", "ann");

    assertThat(told.poll(5, TimeUnit.SECONDS)).isEmpty();
    assertThat(registry.shadow()).isEmpty();
  }

  @Test
  void goesBackToWhatServedBeforeADetectorThatServesAgainWithItsGenerator() {
    registry.start();
    ModelArtifact detector = ArtifactFixture.artifact(V2, 20);
    registry.publish(ArtifactFixture.artifact(V1, 10), verdict(V1, true), Promotion.AUTOMATIC);
    registry.publish(detector, verdict(V2, true), Promotion.AUTOMATIC);
    assertThat(registry.previous()).contains(V1);

    registry.publish(
        ArtifactFixture.withGenerator(V3, detector), verdict(V3, true), Promotion.AUTOMATIC);

    assertThat(registry.champion()).contains(V3);
    assertThat(registry.previous()).contains(V1);
    registry.promote(V2, "without the generator", "ann");
    assertThat(registry.previous()).contains(V1);
    registry.promote(V1, "rolled back", "ann");
    assertThat(registry.previous()).as("there is a way forth again").contains(V2);
  }

  @Test
  void keepsWhatServedBeforeADetectorThatServesAgainWithItsGenerator() {
    var policy = new RegistryPolicy(1, Duration.ofDays(9), null, TrustedKeys.NONE, null);
    try (TopicModelRegistry few = registry(policy)) {
      few.start();
      ModelArtifact detector = ArtifactFixture.artifact(V2, 20);
      few.publish(ArtifactFixture.artifact(V1, 10), verdict(V1, true), Promotion.AUTOMATIC);
      few.publish(detector, verdict(V2, true), Promotion.AUTOMATIC);
      few.publish(
          ArtifactFixture.withGenerator(V3, detector), verdict(V3, true), Promotion.AUTOMATIC);
      for (int number = 4; number <= 6; number++) {
        few.publish(ArtifactFixture.artifact(ModelVersion.of(number), 10));
      }

      assertThat(few.versions())
          .extracting(Manifest::version)
          .containsExactly(V1, V2, V3, ModelVersion.of(6));
    }
  }

  @Test
  void writesNothingAsATrainerThatLostTheLeadBetweenJudgingAndPublishing() {
    registry.start();
    registry.lead().take();
    registry.publish(ArtifactFixture.artifact(V1, 10), verdict(V1, true), Promotion.AUTOMATIC);
    List<String> before = topic.keys();
    registry.lead().giveUp();

    assertThatThrownBy(
            () ->
                registry.publish(
                    ArtifactFixture.artifact(V2, 10), verdict(V2, true), Promotion.AUTOMATIC))
        .isInstanceOf(TopicException.class)
        .hasMessage(
            "network.models must be written by the trainer that leads, which this one does no"
                + " longer");
    assertThatThrownBy(() -> registry.judged(verdict(V2, false)))
        .isInstanceOf(TopicException.class);

    assertThat(topic.keys()).isEqualTo(before);
    assertThat(registry.champion()).contains(V1);
    registry.promote(V1, "people decide at any time", "ann");
  }

  private static ModelVerdict verdict(ModelVersion version, boolean promoted) {
    return new ModelVerdict(
        version.value(), null, promoted, true, "it won", "1h", List.of(), Map.of(), 4_000L);
  }
}
