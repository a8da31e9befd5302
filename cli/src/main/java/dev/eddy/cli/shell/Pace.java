package dev.eddy.cli.shell;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Holds a loop to so many turns a second, on average: a turn that was late is made up for. */
public final class Pace {
  private static final long SHORTEST_SLEEP_NANOS = Duration.ofMillis(2).toNanos();

  private final double perSecond;
  private final long startNanos = System.nanoTime();
  private long turns;

  /**
   * Begins now.
   *
   * @param perSecond above 0; infinite: no waiting at all
   */
  public Pace(double perSecond) {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException("pace must be above 0, got " + perSecond);
    }
    this.perSecond = perSecond;
  }

  /** Waits until the next turn is due. */
  public void await() throws InterruptedException {
    turns++;
    long ahead = startNanos + (long) (turns / perSecond * 1e9) - System.nanoTime();
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
