package dev.eddy.cli.record;

import java.util.concurrent.locks.LockSupport;

/** Keeps a fault's work below a rate: its bound against doing harm. */
final class Pace {

  private final double perSecond;
  private final long start = System.nanoTime();
  private double done;

  Pace(double perSecond) {
    this.perSecond = perSecond;
  }

  /** Counts work and waits, at most a tenth of a second, while it is ahead of the rate. */
  void spend(double amount) {
    done += amount;
    long ahead = (long) (done / perSecond * 1e9) - (System.nanoTime() - start);
    if (ahead > 0) {
      LockSupport.parkNanos(Math.min(ahead, 100_000_000L));
    }
  }
}
