package dev.eddy.trainer.collection;

/**
 * How time is cut into slices that a training window has whole: eighths of it, at boundaries that
 * do not depend on where anybody began to read. So the window reaches back up to an eighth farther
 * than asked.
 */
public final class WindowSlices {
  /** Slices of a window. */
  static final int COUNT = 8;

  private final long windowMillis;
  private final long sliceMillis;

  /** Cuts time for a window of this length. */
  public WindowSlices(long windowMillis) {
    this.windowMillis = windowMillis;
    this.sliceMillis = Math.max(1, windowMillis / COUNT);
  }

  /** Returns the number of the slice that a time is in. */
  long of(long time) {
    return Math.floorDiv(time, sliceMillis);
  }

  /** Returns the first slice of the window of a stream that stands at this time. */
  long first(long now) {
    return of(now - windowMillis);
  }

  /** Returns when a slice begins. */
  long beginning(long slice) {
    return slice * sliceMillis;
  }

  /**
   * Returns the time from which on the records of the window of a stream that stands at this time
   * have to be read: a slice before its first one, in which entities get a past.
   */
  public long readingBegins(long now) {
    return beginning(first(now) - 1);
  }
}
