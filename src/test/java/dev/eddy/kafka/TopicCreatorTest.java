package dev.eddy.kafka;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.definition.Feature;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.definition.StreamDefinition.Format;
import dev.eddy.definition.StreamDefinition.Source;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class TopicCreatorTest {
  private static final StreamDefinition DEFINITION =
      StreamDefinition.of(
          "network",
          new Source("connections", Format.JSON, null, null, List.of()),
          List.of(Feature.number("duration")));

  private final Map<String, NewTopic> topics =
      TopicCreator.topicsOf(Topics.of(DEFINITION), 6).stream()
          .collect(Collectors.toMap(NewTopic::name, topic -> topic));

  @Test
  void givesEachTopicAsManyPartitionsAsTheSourceButModelsAndDriftOne() {
    assertThat(topics).hasSize(10).doesNotContainKey("connections");
    assertThat(topics.values())
        .allSatisfy(
            topic ->
                assertThat(topic.numPartitions())
                    .isEqualTo(topic.name().matches("network\\.(models|drift)") ? 1 : 6));
  }

  @Test
  void keepsStateForeverAndEventsForAWhile() {
    assertThat(configsOf("network.labels")).containsEntry("cleanup.policy", "compact");
    assertThat(configsOf("network.labelled")).containsEntry("cleanup.policy", "compact");
    assertThat(configsOf("network.models")).containsEntry("cleanup.policy", "compact");
    assertThat(configsOf("network.scores"))
        .containsEntry("cleanup.policy", "delete")
        .containsEntry("retention.ms", "86400000");
    assertThat(configsOf("network.alerts")).containsEntry("retention.ms", "2592000000");
  }

  @Test
  void countsRetentionFromWhenScoresAndAlertsOfOldRecordsWereWritten() {
    for (String topic : List.of("scores", "alerts", "dead-letters")) {
      assertThat(configsOf("network." + topic))
          .as(topic)
          .containsEntry("message.timestamp.type", "LogAppendTime");
    }
    assertThat(configsOf("network.synthetic")).doesNotContainKey("message.timestamp.type");
  }

  private Map<String, String> configsOf(String topic) {
    return requireNonNull(topics.get(topic), topic).configs();
  }
}
