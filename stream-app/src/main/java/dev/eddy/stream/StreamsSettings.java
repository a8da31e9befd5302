package dev.eddy.stream;

import dev.eddy.definition.EddyConfiguration;
import dev.eddy.kafka.KafkaSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The settings that Eddy's topologies run with: Eddy's defaults, below what the user wrote under
 * {@code kafka:}; the guarantee and the number of threads come from {@code scoring:}.
 */
public final class StreamsSettings {
  /** How often Streams looks at its clock while no records come. */
  private static final long MOST_POLL_MILLIS = 100;

  private StreamsSettings() {}

  /** Makes the properties of a {@code KafkaStreams}. They may hold secrets: never log them. */
  public static Properties of(EddyConfiguration configuration) {
    EddyConfiguration.Scoring scoring = configuration.scoring();
    String application = configuration.stream().name() + ".stream-app";
    Map<String, Object> settings = new HashMap<>();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
    // Else it holds a random part, and every restart makes new time series of Kafka's own meters.
    settings.put(StreamsConfig.CLIENT_ID_CONFIG, application);
    settings.put(
        StreamsConfig.POLL_MS_CONFIG,
        Math.min(MOST_POLL_MILLIS, Math.max(1, scoring.deadline().toMillis())));
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, scoring.threads());
    // Contexts are held back by Eddy itself, see EntityContexts; a second cache only costs.
    settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
    settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    settings.put(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory(scoring));
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 128 << 10);
    settings.putAll(KafkaSettings.of(configuration).streams());
    settings.put(
        StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
        scoring.exactlyOnce() ? StreamsConfig.EXACTLY_ONCE_V2 : StreamsConfig.AT_LEAST_ONCE);
    var properties = new Properties();
    properties.putAll(settings);
    return properties;
  }

  private static String stateDirectory(EddyConfiguration.Scoring scoring) {
    String configured = scoring.stateDirectory();
    return configured == null
        ? Path.of(System.getProperty("java.io.tmpdir"), "eddy-state").toString()
        : configured;
  }
}
