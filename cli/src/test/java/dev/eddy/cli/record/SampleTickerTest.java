package dev.eddy.cli.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleTickerTest {

  private static final Duration STEP = Duration.ofMillis(20);

  @Test
  void keepsItsScheduleThoughEachSampleTakesTime() {
    List<Long> times = new ArrayList<>();
    long start = System.nanoTime();

    new SampleTicker(telemetry(), STEP)
        .run(
            Duration.ofMillis(400),
            () -> false,
            sample -> {
              times.add(System.nanoTime() - start);
              LockSupport.parkNanos(5_000_000);
            });

    // With drift, twenty samples would take 500 ms; a busy machine may drop some, never add.
    assertThat(times).hasSizeLessThanOrEqualTo(20).hasSizeGreaterThanOrEqualTo(2);
    assertThat(times.get(times.size() - 1)).isLessThan(480_000_000L);
  }

  @Test
  void leavesOutTicksThatItMissed() {
    List<TelemetrySample> samples = new ArrayList<>();

    long given =
        new SampleTicker(telemetry(), STEP)
            .run(
                Duration.ofMillis(200),
                () -> false,
                sample -> {
                  samples.add(sample);
                  LockSupport.parkNanos(70_000_000);
                });

    assertThat(samples).hasSizeLessThanOrEqualTo(3);
    assertThat(given).isEqualTo(samples.size());
  }

  @Test
  void keepsSamplesHalfAnIntervalApartAfterALateOne() {
    List<Long> nanos = new ArrayList<>();
    AtomicInteger pauses = new AtomicInteger(35);

    new SampleTicker(telemetry(), STEP)
        .run(
            Duration.ofMillis(300),
            () -> false,
            sample -> {
              nanos.add(System.nanoTime());
              LockSupport.parkNanos(pauses.getAndSet(0) * 1_000_000L);
            });

    // The first sample ends 5 ms before the third tick, which it therefore replaces.
    assertThat(IntStream.range(1, nanos.size()).boxed())
        .extracting(i -> nanos.get(i) - nanos.get(i - 1))
        .allSatisfy(gap -> assertThat(gap).isGreaterThan(STEP.toNanos() / 4));
  }

  @Test
  void endsWhenToldTo() {
    List<TelemetrySample> samples = new ArrayList<>();

    long given =
        new SampleTicker(telemetry(), STEP)
            .run(Duration.ofHours(1), () -> samples.size() == 2, samples::add);

    assertThat(given).isEqualTo(2);
  }

  @Test
  void rejectsAnIntervalTooShortToKeep() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SampleTicker(telemetry(), Duration.ofMillis(9)))
        .withMessage("interval must be at least 10 ms, got PT0.009S");
  }

  private static HostTelemetry telemetry() {
    return new HostTelemetry(
        "host-1",
        () ->
            new HostReadings(
                Instant.now(), System.nanoTime(), 1, new double[TelemetryField.values().length]));
  }
}
