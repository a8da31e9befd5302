package dev.eddy.trainer.collection;

import dev.eddy.event.Event;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * Tells at what time a stream stands: the time that one in ten of the last 1,000 records of each
 * partition is newer than. Clocks that run ahead must not end a training window before its time,
 * and how far it has come is a function of the offsets, wherever reading began.
 */
public final class RecentTimes {
  /** Records of a partition that have a say. */
  public static final int RECORDS = 1_000;

  private static final double QUANTILE = 0.9;

  private final Clock clock;
  private final Map<Integer, Ring> rings = new TreeMap<>();

  private static final class Ring {
    private final long[] times = new long[RECORDS];
    private long added;

    void add(long time) {
      times[(int) (added % RECORDS)] = time;
      added++;
    }

    LongStream times() {
      return Arrays.stream(times, 0, (int) Math.min(added, RECORDS));
    }
  }

  /**
   * Makes times of no records yet.
   *
   * @param clock what no record is newer than, whatever its producer says
   */
  public RecentTimes(Clock clock) {
    this.clock = clock;
  }

  /**
   * Returns when a record belongs to the stream: at its event's time, but not after the time that
   * Kafka has for it.
   *
   * @param recordTimestamp negative: there is none
   */
  public static long timeOf(Event event, long recordTimestamp) {
    return recordTimestamp < 0
        ? event.timestampMillis()
        : Math.min(event.timestampMillis(), recordTimestamp);
  }

  /** Takes the next record of its partition. */
  public void add(Event event, long recordTimestamp) {
    rings
        .computeIfAbsent(event.coordinates().partition(), unseen -> new Ring())
        .add(Math.min(timeOf(event, recordTimestamp), clock.millis()));
  }

  /** Returns the time at which the stream stands, unless it has no records. */
  public OptionalLong now() {
    long[] times = rings.values().stream().flatMapToLong(Ring::times).sorted().toArray();
    return times.length == 0
        ? OptionalLong.empty()
        : OptionalLong.of(times[(int) ((times.length - 1) * QUANTILE)]);
  }
}
