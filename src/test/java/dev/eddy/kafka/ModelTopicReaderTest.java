package dev.eddy.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.registry.ArtifactFixture;
import dev.eddy.registry.ModelLoadException;
import dev.eddy.registry.ModelUnavailableException;
import dev.eddy.registry.ModelVersion;
import dev.eddy.registry.RegistryPolicy;
import dev.eddy.schema.ModelEvent;
import java.time.Clock;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ModelTopicReaderTest {
  private static final ModelVersion V1 = ModelVersion.of(1);

  private final FakeTopic topic = new FakeTopic("network.models");
  private boolean down;
  private final TopicModelRegistry registry =
      new TopicModelRegistry(
          "network.models",
          Clock.systemUTC(),
          RegistryPolicy.DEFAULT,
          this::consumer,
          topic::newProducer,
          topic::newProducer);

  private Consumer<byte[], byte[]> consumer() {
    if (down) {
      throw new TimeoutException("no broker");
    }
    return topic.newConsumer();
  }

  @BeforeEach
  void publish() {
    registry.start();
    registry.publish(ArtifactFixture.artifact(V1, 10));
  }

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void saysThatAModelIsUnavailableWhereTheBrokerFails() {
    down = true;

    assertThatThrownBy(() -> registry.load(V1))
        .isInstanceOf(ModelUnavailableException.class)
        .hasMessage("v000001 of network.models must be readable")
        .hasRootCauseInstanceOf(TimeoutException.class);
  }

  @Test
  void readsOnBehindAnAliasThatNamesNoVersion() {
    for (String alias : List.of("champion", "shadow", "waiting")) {
      topic.append(
          new ProducerRecord<>(
              "network.models",
              0,
              alias.getBytes(UTF_8),
              SchemaJson.of(ModelEvent.class).write(new ModelEvent(" ", null, "x", "x", 1L, 1L))));
    }

    registry.promote(V1, "better", "test"); // returns when it was read

    assertThat(registry.champion()).contains(V1);
    assertThat(registry.shadow()).isEmpty();
  }

  @Test
  void saysOtherwiseWhereAModelIsNotThere() {
    assertThatThrownBy(() -> registry.load(ModelVersion.of(2)))
        .isInstanceOf(ModelLoadException.class)
        .isNotInstanceOf(ModelUnavailableException.class);
    assertThat(registry.load(V1).manifest().version()).isEqualTo(V1);
  }
}
