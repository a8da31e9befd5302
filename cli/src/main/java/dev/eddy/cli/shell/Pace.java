package dev.eddy.cli.shell;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * Holds a loop to so many turns a second, on average: a turn that was late is made up for, unless
 * the loop is more than a second behind. Confined to one thread.
 */
public final class Pace {
  private static final long SHORTEST_SLEEP_NANOS = Duration.ofMillis(2).toNanos();
  private static final long MOST_BEHIND_NANOS = Duration.ofSeconds(1).toNanos();

  private final DoubleSupplier perSecond;
  private final long startNanos = System.nanoTime();
  private long dueNanos;
  private long turns;

  /**
   * Begins now.
   *
   * @param perSecond above 0, asked before each turn; infinite: no waiting at all
   */
  public Pace(DoubleSupplier perSecond) {
    this.perSecond = perSecond;
  }

  /** Waits until the next turn is due. */
  public void await() throws InterruptedException {
    turns++;
    long nowNanos = System.nanoTime() - startNanos;
    long interval = Math.round(1e9 / perSecond.getAsDouble());
    dueNanos = Math.max(dueNanos, nowNanos - MOST_BEHIND_NANOS) + interval;
    long ahead = dueNanos - nowNanos;
    if (ahead > SHORTEST_SLEEP_NANOS) {
      TimeUnit.NANOSECONDS.sleep(ahead);
    }
  }

  /** Returns the turns a second so far. */
  public double achieved() {
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    return seconds > 0 ? turns / seconds : 0;
  }
}
