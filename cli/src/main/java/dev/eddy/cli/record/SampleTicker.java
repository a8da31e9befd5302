package dev.eddy.cli.record;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Takes samples on a fixed schedule: the n-th at start + n intervals, so that delays never add up.
 *
 * <p>A sample that comes late takes the next tick's place when that is less than half an interval
 * away: missed ticks are never made up for in a burst, and no rate is computed over an instant.
 */
public final class SampleTicker {

  private final HostTelemetry telemetry;
  private final Duration interval;

  /**
   * Creates a ticker.
   *
   * @throws IllegalArgumentException when the interval is shorter than 10 ms
   */
  public SampleTicker(HostTelemetry telemetry, Duration interval) {
    if (interval.compareTo(Duration.ofMillis(10)) < 0) {
      throw new IllegalArgumentException("interval must be at least 10 ms, got " + interval);
    }
    this.telemetry = telemetry;
    this.interval = interval;
  }

  /**
   * Gives samples to the receiver on the calling thread until {@code total} has passed, {@code
   * stop} says so or the thread is interrupted.
   *
   * @return the number of samples given
   */
  public long run(Duration total, BooleanSupplier stop, Consumer<TelemetrySample> receiver) {
    long start = System.nanoTime();
    long step = interval.toNanos();
    telemetry.sample(); // the baseline, unless the caller has set one already
    long given = 0;
    long last = total.toNanos() / step;
    for (long tick = 1; tick <= last; tick++) {
      if (!sleepUntil(start + tick * step, stop)) {
        return given;
      }
      var sample = telemetry.sample();
      if (sample.isPresent()) {
        receiver.accept(sample.get());
        given++;
      }
      tick = Math.max(tick, (System.nanoTime() - start + step / 2) / step);
    }
    return given;
  }

  private static boolean sleepUntil(long nanoTime, BooleanSupplier stop) {
    for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
      if (stop.getAsBoolean() || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(Math.min(left, 250_000_000L));
    }
    return !stop.getAsBoolean();
  }
}
