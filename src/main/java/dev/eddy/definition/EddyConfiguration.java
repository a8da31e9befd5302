package dev.eddy.definition;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One configuration file: the stream definition and how the process that reads it runs.
 *
 * @param kafka Kafka's own client settings, passed through; {@code bootstrap.servers} at least
 */
public record EddyConfiguration(
    StreamDefinition stream, Map<String, String> kafka, Scoring scoring, Http http) {

  /** Copies the map. */
  public EddyConfiguration {
    requireNonNull(stream, "stream");
    requireNonNull(scoring, "scoring");
    requireNonNull(http, "http");
    kafka = Map.copyOf(kafka);
  }

  /** Names the keys of the Kafka settings but not their values: these may be secret. */
  @Override
  public String toString() {
    return "EddyConfiguration[stream=%s, kafka=%s, scoring=%s, http=%s]"
        .formatted(stream.name(), kafka.keySet(), scoring, http);
  }

  /**
   * How the stream-app scores.
   *
   * @param batchSize most records in one micro-batch
   * @param deadline longest wait of a record for its micro-batch to fill
   * @param device {@code auto}, {@code cpu} or {@code gpu:N}
   * @param threads stream threads
   * @param exactlyOnce exactly-once processing; otherwise at-least-once
   * @param baseline whether the baselines score beside a model too, and are fused with it
   * @param stateDirectory where Kafka Streams keeps local state; null: a folder of the temporary
   *     directory by application id
   */
  public record Scoring(
      int batchSize,
      Duration deadline,
      String device,
      int threads,
      boolean exactlyOnce,
      boolean baseline,
      @Nullable String stateDirectory) {
    /** Batches of 512, 20 ms, whatever device there is, one thread, exactly once, baselines. */
    public static final Scoring DEFAULT =
        new Scoring(512, Duration.ofMillis(20), "auto", 1, true, true, null);
  }

  /**
   * Where console, metrics and health answer.
   *
   * @param host address to bind
   * @param port port to bind; 0: any free one
   */
  public record Http(String host, int port) {
    /** Loopback only, port 8080. */
    public static final Http DEFAULT = new Http("127.0.0.1", 8080);
  }
}
