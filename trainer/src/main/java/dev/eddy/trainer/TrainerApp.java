package dev.eddy.trainer;

import dev.eddy.definition.EddyConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;

/** The trainer as one object: reads, collects, trains, gates, publishes and promotes. */
public final class TrainerApp implements AutoCloseable {
  private final EddyConfiguration configuration;
  private final Clock clock;
  private final MeterRegistry meters;

  /** Makes a trainer that does not run yet. */
  public TrainerApp(EddyConfiguration configuration, Clock clock, MeterRegistry meters) {
    this.configuration = configuration;
    this.clock = clock;
    this.meters = meters;
  }

  /** Creates missing topics, reads the registry and starts to work in the background. */
  public void start() {
    throw new IllegalStateException("under construction: " + configuration + clock + meters);
  }

  /**
   * Trains once on what the source topic holds now, publishes, and returns.
   *
   * @return whether there was enough to train on
   */
  public boolean trainOnce() {
    throw new IllegalStateException("under construction");
  }

  /** Returns where it stands. Safe to call from any thread at any time. */
  public TrainerStatus status() {
    throw new IllegalStateException("under construction");
  }

  /** Stops within 5 seconds, whatever is running. Calling it again does nothing. */
  @Override
  public void close() {}
}
