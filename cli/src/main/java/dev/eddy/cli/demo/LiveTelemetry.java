package dev.eddy.cli.demo;

import dev.eddy.cli.record.HostTelemetry;
import dev.eddy.cli.record.TelemetryField;
import dev.eddy.cli.record.TelemetrySample;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** This host's own telemetry, five samples a second. Nobody knows its truth. */
final class LiveTelemetry implements EventSource {
  private static final long INTERVAL_NANOS = Duration.ofMillis(200).toNanos();

  private final HostTelemetry telemetry;
  private final TelemetryJson json = new TelemetryJson(TelemetrySample.names());
  private final long events;
  private long given;
  private long due;

  /**
   * Opens the telemetry of the machine this runs on.
   *
   * @param events how many samples to give
   */
  LiveTelemetry(String host, Clock clock, long events) {
    this.telemetry = HostTelemetry.ofThisHost(host, clock);
    this.events = events;
  }

  @Override
  public @Nullable DemoEvent next() throws InterruptedException {
    if (given == events) {
      return null;
    }
    Optional<TelemetrySample> sample = Optional.empty();
    while (sample.isEmpty()) { // the first reading is only the base of the first rates
      awaitNext();
      sample = telemetry.sample();
    }
    given++;
    return event(sample.get());
  }

  @Override
  public boolean knowsTruth() {
    return false;
  }

  private void awaitNext() throws InterruptedException {
    long now = System.nanoTime();
    due = due == 0 || now - due > INTERVAL_NANOS ? now : due + INTERVAL_NANOS;
    long wait = due - now;
    if (wait > 0) {
      TimeUnit.NANOSECONDS.sleep(wait);
    }
  }

  private DemoEvent event(TelemetrySample sample) {
    List<String> values = Arrays.stream(TelemetryField.values()).map(sample::text).toList();
    byte[] value = json.write(sample.time().toEpochMilli(), sample.host(), values);
    return new DemoEvent(sample.host(), value, null, null, true);
  }
}
