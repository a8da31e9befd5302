package dev.eddy.stream;

import dev.eddy.definition.EddyConfiguration;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.time.Clock;

/**
 * The stream-app: scores one stream, raises its alerts, answers augmentation requests, and serves
 * console, metrics and health. Everything that it needs of other processes it reads from topics.
 */
public final class StreamApp implements AutoCloseable {
  private final EddyConfiguration configuration;
  private final Clock clock;
  private final PrometheusMeterRegistry meters;

  /** Makes an app that has not started. The meter registry stays the caller's to close. */
  public StreamApp(EddyConfiguration configuration, Clock clock, PrometheusMeterRegistry meters) {
    this.configuration = configuration;
    this.clock = clock;
    this.meters = meters;
  }

  /**
   * Creates missing topics, reads the registry, and starts to score. Returns when the HTTP port
   * answers; records are scored as soon as Kafka has assigned partitions.
   *
   * @throws dev.eddy.kafka.TopicException if the source topic is missing or the broker refuses
   */
  public void start() {
    throw new IllegalStateException("under construction: " + configuration + clock + meters);
  }

  /** Returns what the app has done and how it is. */
  public StreamStatus status() {
    throw new IllegalStateException("under construction");
  }

  /** Returns where console, metrics and health answer; only after {@link #start()}. */
  public URI address() {
    throw new IllegalStateException("under construction");
  }

  /** Commits what was read, and stops within 5 seconds. Calling it again does nothing. */
  @Override
  public void close() {}
}
