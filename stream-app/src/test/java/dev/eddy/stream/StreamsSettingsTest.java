package dev.eddy.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.definition.EddyConfiguration;
import dev.eddy.definition.Feature;
import dev.eddy.definition.StreamDefinition;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class StreamsSettingsTest {

  @Test
  void isExactlyOnceUnderTheStreamsOwnNameByDefault() {
    Properties settings = StreamsSettings.of(configuration(Map.of(), true, 20));

    assertThat(settings)
        .containsEntry("processing.guarantee", "exactly_once_v2")
        .containsEntry("application.id", "hosts.stream-app")
        .containsEntry("client.id", "hosts.stream-app")
        .containsEntry("bootstrap.servers", "broker:9092");
  }

  @Test
  void looksAtItsClockAsOftenAsTheDeadlineNeedsAndNotLessThanTenTimesASecond() {
    assertThat(StreamsSettings.of(configuration(Map.of(), true, 20)).get("poll.ms")).isEqualTo(20L);
    assertThat(StreamsSettings.of(configuration(Map.of(), true, 5_000)).get("poll.ms"))
        .isEqualTo(100L);
  }

  @Test
  void letsTheUsersKafkaSettingsWinButNotOverTheGuarantee() {
    Map<String, String> kafka =
        Map.of(
            "streams.application.id", "mine",
            "producer.compression.type", "zstd",
            "processing.guarantee", "exactly_once_v2");

    Properties settings = StreamsSettings.of(configuration(kafka, false, 20));

    assertThat(settings)
        .containsEntry("application.id", "mine")
        .containsEntry("producer.compression.type", "zstd")
        .containsEntry("processing.guarantee", "at_least_once");
  }

  @Test
  void isAcceptedByKafkaStreams() {
    Properties settings = StreamsSettings.of(configuration(Map.of(), true, 20));

    assertThat(new StreamsConfig(settings).getInt("num.stream.threads")).isEqualTo(2);
  }

  private static EddyConfiguration configuration(
      Map<String, String> kafka, boolean exactlyOnce, long deadlineMillis) {
    Map<String, String> settings = new HashMap<>(kafka);
    settings.put("bootstrap.servers", "broker:9092");
    var source =
        new StreamDefinition.Source(
            "telemetry", StreamDefinition.Format.JSON, "host", null, List.of());
    return new EddyConfiguration(
        StreamDefinition.of("hosts", source, List.of(Feature.number("load"))),
        settings,
        new EddyConfiguration.Scoring(
            512, Duration.ofMillis(deadlineMillis), "cpu", 2, exactlyOnce, true, null),
        EddyConfiguration.Http.DEFAULT);
  }
}
