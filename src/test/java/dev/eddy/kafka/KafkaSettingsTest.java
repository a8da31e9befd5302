package dev.eddy.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaSettingsTest {
  @Test
  void readsCommittedRecordsFromTheBeginningByDefault() {
    var consumer = KafkaSettings.of(Map.of("bootstrap.servers", "b:9092")).consumer("me");

    assertThat(consumer)
        .containsEntry("bootstrap.servers", "b:9092")
        .containsEntry("client.id", "me")
        .containsEntry("isolation.level", "read_committed")
        .containsEntry("auto.offset.reset", "earliest")
        .containsEntry("enable.auto.commit", false);
  }

  @Test
  void givesEachClientOnlyTheKeysThatItKnows() {
    var settings =
        KafkaSettings.of(
            Map.of(
                "bootstrap.servers", "b:9092",
                "security.protocol", "SSL",
                "linger.ms", "20",
                "fetch.min.bytes", "100",
                "my.interceptor.url", "http://x"));

    assertThat(settings.producer("p"))
        .containsEntry("linger.ms", "20")
        .containsEntry("security.protocol", "SSL")
        .containsEntry("my.interceptor.url", "http://x")
        .doesNotContainKey("fetch.min.bytes");
    assertThat(settings.consumer("c"))
        .containsEntry("fetch.min.bytes", "100")
        .doesNotContainKey("linger.ms");
    assertThat(settings.admin("a")).doesNotContainKeys("linger.ms", "fetch.min.bytes");
  }

  @Test
  void letsAKeyWithAPrefixWinForItsKindOfClient() {
    var settings =
        KafkaSettings.of(
            Map.of("client.rack", "a", "consumer.client.rack", "b", "streams.poll.ms", "5"));

    assertThat(settings.consumer("c")).containsEntry("client.rack", "b");
    assertThat(settings.streams())
        .containsEntry("client.rack", "a")
        .containsEntry("consumer.client.rack", "b")
        .containsEntry("poll.ms", "5")
        .doesNotContainKey("streams.poll.ms");
  }

  @Test
  void bringsKafkasConfigProvidersWhenAValueRefersToASecret() {
    var settings = KafkaSettings.of(Map.of("ssl.key.password", "${env:KEY_PASSWORD}"));

    assertThat(settings.consumer("c"))
        .containsEntry("ssl.key.password", "${env:KEY_PASSWORD}")
        .containsEntry("config.providers", "env,file,directory")
        .containsEntry(
            "config.providers.env.class",
            "org.apache.kafka.common.config.provider.EnvVarConfigProvider");
  }

  @Test
  void showsNoSecret() {
    var settings =
        KafkaSettings.of(
            Map.of(
                "bootstrap.servers", "b:9092",
                "ssl.truststore.password", "geheim",
                "sasl.jaas.config", "x password=geheim",
                "basic.auth.user.info", "u:geheim",
                "consumer.ssl.keystore.key", "geheim"));

    assertThat(settings.toString()).contains("b:9092", "[hidden]").doesNotContain("geheim");
  }
}
