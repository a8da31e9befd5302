package dev.eddy.definition;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One configuration file: the stream definition and how the process that reads it runs.
 *
 * @param kafka Kafka's own client settings, passed through; {@code bootstrap.servers} at least
 */
public record EddyConfiguration(
    StreamDefinition stream,
    Map<String, String> kafka,
    Scoring scoring,
    Http http,
    Registry registry) {

  /** Copies the map. */
  public EddyConfiguration {
    requireNonNull(stream, "stream");
    requireNonNull(scoring, "scoring");
    requireNonNull(http, "http");
    requireNonNull(registry, "registry");
    kafka = Map.copyOf(kafka);
  }

  /** Takes the registry's defaults. */
  public EddyConfiguration(
      StreamDefinition stream, Map<String, String> kafka, Scoring scoring, Http http) {
    this(stream, kafka, scoring, http, Registry.DEFAULT);
  }

  /** Names the keys of the Kafka settings but not their values: these may be secret. */
  @Override
  public String toString() {
    return "EddyConfiguration[stream=%s, kafka=%s, scoring=%s, http=%s, registry=%s]"
        .formatted(stream.name(), kafka.keySet(), scoring, http, registry);
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

  /**
   * Which models are kept, and which are trusted.
   *
   * @param keepVersions versions that are kept at least while they are young enough, {@code >= 2}
   * @param keepFor age at which a version may go
   * @param signingKey file with the private key that signs what this process publishes and
   *     promotes; null: nothing is signed
   * @param publicKeys files with public keys; when there are any, only models and promotions that
   *     one of them confirms are believed
   * @param maximumAge age beyond which a signed model is not served any more; null: any age
   */
  public record Registry(
      int keepVersions,
      Duration keepFor,
      @Nullable String signingKey,
      List<String> publicKeys,
      @Nullable Duration maximumAge) {
    /** The last 50 versions of the last 90 days; nothing signed, everything believed. */
    public static final Registry DEFAULT =
        new Registry(50, Duration.ofDays(90), null, List.of(), null);

    /** Copies the list. */
    public Registry {
      requireNonNull(keepFor, "keepFor");
      publicKeys = List.copyOf(publicKeys);
    }
  }
}
