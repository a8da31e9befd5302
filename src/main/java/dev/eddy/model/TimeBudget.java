package dev.eddy.model;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Time that the networks of one model may be trained for, shared evenly among those to come. As
 * long as a network is fast enough it does every step, and the clock changes nothing. One that is
 * not skips steps so that it reaches the last one in time: its learning rate falls as it would
 * have, over fewer steps. An instance belongs to one thread.
 */
public final class TimeBudget {
  private final LongSupplier nanoTime;
  private final long end;
  private int networks;
  private long planned;
  private long done;

  /**
   * Starts the clock.
   *
   * @param networks how many will be trained; later ones get what is left, or one step each
   * @param nanoTime a clock such as {@link #processorTime}
   */
  public TimeBudget(Duration time, int networks, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.end = nanoTime.getAsLong() + time.toNanos();
    this.networks = networks;
  }

  /** Lets everything take the time that it takes. */
  public static TimeBudget unlimited() {
    return new TimeBudget(Duration.ofDays(3650), 1, TimeBudget::processorTime);
  }

  /**
   * Returns the processor time of this thread in nanoseconds. Training keeps one thread busy, so on
   * an idle machine this is the time that passes; on a busy one it does not count how others slow
   * it down, and the same training does the same steps.
   */
  public static long processorTime() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return threads.isCurrentThreadCpuTimeSupported()
        ? threads.getCurrentThreadCpuTime()
        : System.nanoTime();
  }

  /** Returns the share of all steps that were done so far; 1 where time never ran out. */
  public double shareDone() {
    return planned == 0 ? 1 : (double) done / planned;
  }

  /** Starts the next network's share of what is left. */
  Pace pace(int steps) {
    long now = nanoTime.getAsLong();
    long allowed = Math.max(0, end - now) / Math.max(1, networks);
    networks--;
    planned += steps;
    return new Pace(steps, now, allowed);
  }

  /** The steps of one network. */
  final class Pace {
    private final int steps;
    private final long end;
    private int measured;
    private long measuredFrom;

    private Pace(int steps, long start, long allowed) {
      this.steps = steps;
      this.end = start + allowed;
    }

    /** Returns the step to do after this one; the number of steps or more when it was the last. */
    int after(int step) {
      done++;
      long now = nanoTime.getAsLong();
      if (now >= end) {
        return steps;
      }
      if (measured++ == 0) {
        measuredFrom = now; // the first step also loads and compiles
        return step + 1;
      }
      double nanosEach = (double) (now - measuredFrom) / (measured - 1);
      double needed = nanosEach * (steps - step - 1);
      int ahead = (int) Math.ceil(needed / (end - now));
      return step + Math.max(1, ahead);
    }
  }
}
