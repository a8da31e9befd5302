package dev.eddy.stream.alert;

import java.nio.ByteBuffer;

/**
 * How many records a minute of event time holds, in one partition: the mean over the minutes that
 * held any, exponentially weighted with a half-life of {@value #HALF_LIFE_MINUTES} such minutes.
 *
 * <p>Counting by minute makes it robust: a jump of event time (a gap in the data, recordings played
 * one after the other) counts as one minute, and a record that is late, or whose clock runs ahead,
 * counts where the clock of the others stands. A stream with less than a record a minute is taken
 * to have one, which makes the alert threshold higher than need be, never lower. An instance
 * belongs to one thread.
 */
final class RecordRate {
  static final int HALF_LIFE_MINUTES = 720;

  /** Records farther off than this are late or ahead of time, until others agree with them. */
  private static final long MOST_OFF_MINUTES = 10;

  /** So many in a row are not late: the ones before were ahead of time. */
  private static final int AGREE_ON_THE_PAST = 100;

  /** So many in a row are not ahead of time: there was a gap. */
  private static final int AGREE_ON_THE_FUTURE = 3;

  private static final double DECAY = Math.pow(0.5, 1.0 / HALF_LIFE_MINUTES);
  private static final long MILLIS_PER_MINUTE = 60_000;
  private static final int BYTES = 3 * Long.BYTES + 2 * Double.BYTES;

  private long minute;
  private long startedMillis;
  private long count;
  private double weight;
  private double sum;
  private int lateInARow; // not written: a restart begins to count anew
  private int aheadInARow;

  private RecordRate(long minute) {
    this.minute = minute;
  }

  /** Starts with nothing. */
  static RecordRate empty() {
    return new RecordRate(Long.MIN_VALUE);
  }

  /** Reads the rate back. */
  static RecordRate fromBytes(byte[] bytes) {
    if (bytes.length != BYTES) {
      return empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    var rate = new RecordRate(buffer.getLong());
    rate.startedMillis = buffer.getLong();
    rate.count = buffer.getLong();
    rate.weight = buffer.getDouble();
    rate.sum = buffer.getDouble();
    return rate;
  }

  /** Writes the rate. */
  byte[] toBytes() {
    return ByteBuffer.allocate(BYTES)
        .putLong(minute)
        .putLong(startedMillis)
        .putLong(count)
        .putDouble(weight)
        .putDouble(sum)
        .array();
  }

  /**
   * Counts a record, and says whether that closed a minute.
   *
   * @param timestampMillis event time
   */
  boolean count(long timestampMillis) {
    long now = Math.floorDiv(timestampMillis, MILLIS_PER_MINUTE);
    if (minute == Long.MIN_VALUE) {
      minute = now;
      startedMillis = timestampMillis;
    }
    lateInARow = now < minute - MOST_OFF_MINUTES ? lateInARow + 1 : 0;
    aheadInARow = now > minute + MOST_OFF_MINUTES ? aheadInARow + 1 : 0;
    if (lateInARow >= AGREE_ON_THE_PAST) { // one record of the far future must not stop the clock
      minute = now;
      startedMillis = timestampMillis;
      count = isEarly() ? 0 : count;
      lateInARow = 0;
    }
    boolean isAhead = aheadInARow > 0 && aheadInARow < AGREE_ON_THE_FUTURE;
    boolean closes = now > minute && !isAhead;
    if (closes) {
      close(timestampMillis);
      minute = now;
    }
    count++;
    return closes;
  }

  private void close(long timestampMillis) {
    boolean first = weight == 0;
    double records = first ? extrapolated(timestampMillis) : count;
    weight = weight * DECAY + 1;
    sum = sum * DECAY + records;
    count = 0;
  }

  /** The first minute began somewhere in its middle. */
  private double extrapolated(long timestampMillis) {
    long end = Math.min(timestampMillis, (minute + 1) * MILLIS_PER_MINUTE);
    long elapsed = Math.max(1_000, end - startedMillis);
    return count * (double) MILLIS_PER_MINUTE / elapsed;
  }

  /** Returns whether no minute is over yet. */
  boolean isEarly() {
    return weight == 0;
  }

  /**
   * Returns records per minute, at least 1.
   *
   * @param timestampMillis event time of the last record
   */
  double perMinute(long timestampMillis) {
    return Math.max(1, weight == 0 ? extrapolated(timestampMillis) : sum / weight);
  }
}
