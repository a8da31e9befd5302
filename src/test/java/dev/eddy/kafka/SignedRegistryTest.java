package dev.eddy.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.registry.ArtifactFixture;
import dev.eddy.registry.ModelLoadException;
import dev.eddy.registry.ModelVersion;
import dev.eddy.registry.RegistryPolicy;
import dev.eddy.registry.SigningKey;
import dev.eddy.registry.TrustedKeys;
import dev.eddy.schema.ModelEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody can and cannot do who may write to the models topic but has no key. */
class SignedRegistryTest {
  private static final String TOPIC = "network.models";
  private static final ModelVersion V1 = ModelVersion.of(1);
  private static final ModelVersion V2 = ModelVersion.of(2);

  @TempDir Path folder;
  private final FakeTopic topic = new FakeTopic(TOPIC);
  private final LinkedBlockingQueue<String> refusals = new LinkedBlockingQueue<>();
  private TopicModelRegistry registry;

  @BeforeEach
  void publishTwo() throws IOException {
    SigningKey.generate(folder);
    registry = registry(SigningKey.read(folder.resolve(SigningKey.PRIVATE_FILE)));
    registry.start();
    registry.publish(ArtifactFixture.artifact(V1, 10));
    registry.promote(V1, "first", "trainer");
    registry.publish(ArtifactFixture.artifact(V2, 10));
    registry.promote(V2, "better", "trainer");
    registry.onRefusal(reason -> refusals.add(String.valueOf(reason)));
  }

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void believesWhatItsKeySigned() {
    assertThat(registry.champion()).contains(V2);
    assertThat(registry.load(V1).isSigned()).isTrue();

    registry.promote(V1, "rolled back", "ann");

    assertThat(registry.champion()).contains(V1);
  }

  @Test
  void doesNotBelieveAPromotionWithoutASignature() throws InterruptedException {
    var event = new ModelEvent("v000001", "v000002", "mine now", "mallory", 9_000L, 99L);

    topic.append(ModelTopicFormat.alias(TOPIC, ModelTopicFormat.CHAMPION, event, null));

    assertThat(refusals.poll(5, TimeUnit.SECONDS))
        .isEqualTo(
            "champion record for v000001 must be signed by one of registry.publicKeys, but is not");
    assertThat(registry.champion()).contains(V2);
  }

  @Test
  void doesNotBelieveAnOldSignedPromotionThatIsWrittenAgain() throws InterruptedException {
    ProducerRecord<byte[], byte[]> first = topic.recordWith("champion", 1);

    topic.append(first);

    assertThat(refusals.poll(5, TimeUnit.SECONDS))
        .isEqualTo(
            "champion record for v000001 must come after sequence 2, got 1,"
                + " which was signed before");
    assertThat(registry.champion()).contains(V2);
  }

  @Test
  void doesNotTakeAnUnsignedShadowForARefusedPromotion() throws InterruptedException {
    var event = new ModelEvent("v000001", null, "mine now", "mallory", 9_000L, 99L);

    topic.append(ModelTopicFormat.alias(TOPIC, ModelTopicFormat.SHADOW, event, null));
    registry.promote(V1, "so that it has read it", "ann");

    assertThat(registry.shadow()).isEmpty();
    assertThat(refusals.poll(100, TimeUnit.MILLISECONDS)).isNull();
  }

  @Test
  void doesNotLoadAnUnsignedModel() {
    ModelVersion stranger = ModelVersion.of(3);
    ModelTopicFormat.artifact(TOPIC, ArtifactFixture.artifact(stranger, 10)).forEach(topic::append);
    registry.shadow(null, "so that it has read them", "ann");

    assertThatThrownBy(() -> registry.load(stranger))
        .isInstanceOf(ModelLoadException.class)
        .hasMessage("v000003 must be signed, for registry.publicKeys are set, but is not");
  }

  @Test
  void writesNothingUnsigned() {
    try (TopicModelRegistry keyless = registry(null)) {
      keyless.start();

      assertThatThrownBy(() -> keyless.promote(V1, "no", "ann"))
          .isInstanceOf(ModelLoadException.class)
          .hasMessageStartingWith("what is written must be signed");
    }
  }

  private TopicModelRegistry registry(@Nullable SigningKey key) {
    var policy =
        new RegistryPolicy(
            50,
            Duration.ofDays(90),
            key,
            TrustedKeys.read(List.of(folder.resolve(SigningKey.PUBLIC_FILE))),
            null);
    return new TopicModelRegistry(
        TOPIC,
        Clock.fixed(Instant.ofEpochMilli(5_000), ZoneOffset.UTC),
        policy,
        topic::newConsumer,
        topic::newProducer,
        topic::newProducer);
  }
}
