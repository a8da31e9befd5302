package dev.eddy.trainer.collection;

import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * Tells at what time a stream stands: the time that one in a hundred of the last 1,000 records of
 * each partition is newer than. A few records with a time far in the future must not end a training
 * window, and how far it has come is a function of the offsets alone, wherever reading began.
 */
public final class RecentTimes {
  /** Records of a partition that have a say. */
  public static final int RECORDS = 1_000;

  private static final double QUANTILE = 0.99;

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

  /** Takes the time of the next record of a partition. */
  public void add(int partition, long time) {
    rings.computeIfAbsent(partition, unseen -> new Ring()).add(time);
  }

  /** Returns the time at which the stream stands, unless it has no records. */
  public OptionalLong now() {
    long[] times = rings.values().stream().flatMapToLong(Ring::times).sorted().toArray();
    return times.length == 0
        ? OptionalLong.empty()
        : OptionalLong.of(times[(int) ((times.length - 1) * QUANTILE)]);
  }
}
