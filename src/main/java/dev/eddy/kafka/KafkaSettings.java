package dev.eddy.kafka;

import dev.eddy.definition.EddyConfiguration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The properties of every Kafka client that Eddy opens: Eddy's defaults below what the user wrote
 * under {@code kafka:}. A user's key holds for each client that knows it; with the prefix {@code
 * consumer.}, {@code producer.}, {@code admin.} or {@code streams.} it holds for that kind alone
 * and wins there.
 *
 * <p>Secrets come through Kafka's own config providers: {@code ${env:NAME}}, {@code
 * ${file:/path:key}} and {@code ${directory:/path:file}} work without further settings.
 */
public final class KafkaSettings {
  private static final String CONSUMER = "consumer.";
  private static final String PRODUCER = "producer.";
  private static final String ADMIN = "admin.";
  private static final String STREAMS = "streams.";
  private static final Set<String> PREFIXES = Set.of(CONSUMER, PRODUCER, ADMIN, STREAMS);
  private static final Set<String> SECRET_WORDS =
      Set.of(
          "password",
          "secret",
          "jaas",
          "token",
          "credential",
          "private",
          "keystore.key",
          "user.info");

  private final Map<String, String> configured;

  private KafkaSettings(Map<String, String> configured) {
    this.configured = withConfigProviders(configured);
  }

  /** Takes the settings of a configuration. */
  public static KafkaSettings of(EddyConfiguration configuration) {
    return new KafkaSettings(configuration.kafka());
  }

  /** Takes settings by Kafka's own names; {@code bootstrap.servers} at least. */
  public static KafkaSettings of(Map<String, String> settings) {
    return new KafkaSettings(settings);
  }

  /**
   * Returns the properties of a consumer: read_committed, from the earliest record where it has no
   * position, no automatic commit, no automatic topic.
   */
  public Map<String, Object> consumer(String clientId) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
    return withConfigured(properties, CONSUMER, ConsumerConfig.configNames());
  }

  /** Returns the properties of a producer: all replicas acknowledge, idempotent, compressed. */
  public Map<String, Object> producer(String clientId) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    properties.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
    return withConfigured(properties, PRODUCER, ProducerConfig.configNames());
  }

  /** Returns the properties of an admin client. */
  public Map<String, Object> admin(String clientId) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(AdminClientConfig.CLIENT_ID_CONFIG, clientId);
    return withConfigured(properties, ADMIN, AdminClientConfig.configNames());
  }

  /**
   * Returns what the user configured for Kafka Streams: keys without a prefix, keys under {@code
   * streams.} without it, and the keys of its inner clients as they are. Application id, guarantee
   * and the like are the caller's to put.
   */
  public Map<String, Object> streams() {
    Map<String, Object> properties = new HashMap<>();
    configured.forEach(
        (key, value) -> {
          if (!key.startsWith(STREAMS)) {
            properties.put(key, value);
          }
        });
    putPrefixed(properties, STREAMS);
    return properties;
  }

  private Map<String, Object> withConfigured(
      Map<String, Object> properties, String prefix, Set<String> known) {
    configured.forEach(
        (key, value) -> {
          if (PREFIXES.stream().noneMatch(key::startsWith)
              && (known.contains(key) || !knownToAnyClient(key))) {
            properties.put(key, value);
          }
        });
    putPrefixed(properties, prefix);
    return properties;
  }

  private void putPrefixed(Map<String, Object> properties, String prefix) {
    configured.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            properties.put(key.substring(prefix.length()), value);
          }
        });
  }

  /** A key that no client knows belongs to a plug-in, which any of them may have loaded. */
  private static boolean knownToAnyClient(String key) {
    return ConsumerConfig.configNames().contains(key)
        || ProducerConfig.configNames().contains(key)
        || AdminClientConfig.configNames().contains(key);
  }

  private static Map<String, String> withConfigProviders(Map<String, String> configured) {
    boolean refers = configured.values().stream().anyMatch(value -> value.contains("${"));
    if (!refers || configured.containsKey("config.providers")) {
      return Map.copyOf(configured);
    }
    Map<String, String> completed = new HashMap<>(configured);
    String providers = "org.apache.kafka.common.config.provider.";
    completed.put("config.providers", "env,file,directory");
    completed.put("config.providers.env.class", providers + "EnvVarConfigProvider");
    completed.put("config.providers.file.class", providers + "FileConfigProvider");
    completed.put("config.providers.directory.class", providers + "DirectoryConfigProvider");
    return Map.copyOf(completed);
  }

  private static boolean isSecret(String key) {
    String lower = key.toLowerCase(Locale.ROOT);
    return SECRET_WORDS.stream().anyMatch(lower::contains);
  }

  /** Lists the configured keys; values of keys that may be secret are hidden. */
  @Override
  public String toString() {
    Map<String, String> shown = new TreeMap<>();
    configured.forEach((key, value) -> shown.put(key, isSecret(key) ? "[hidden]" : value));
    return "KafkaSettings" + shown;
  }
}
