package dev.eddy.scoring;

import dev.eddy.event.CoordinateHash;
import dev.eddy.feature.Sample;
import dev.eddy.feature.Sample.Truth;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Which samples are trained on, which are held out to calibrate by, and which are labelled
 * anomalies: places among the samples. Rows to hold out are taken in blocks of neighbouring
 * offsets, because a row whose neighbours in time were trained on would look more ordinary than a
 * new one will. Which blocks depends on their place in the stream alone: networks that go on from
 * earlier ones must not have learned from what calibrates them now.
 *
 * @param training in random order
 * @param heldOut ascending
 * @param anomalies in random order
 */
@SuppressWarnings("ArrayRecordComponent") // handed on within one training; equality is never asked
record SampleSplit(int[] training, int[] heldOut, int[] anomalies) {
  /** 20 MB in each representation: a bound on memory alone, far above any default. */
  private static final int MOST_CELLS = 5_000_000;

  private static final int LEAST_ROWS = 5_000;
  private static final int MOST_ANOMALIES = 5_000;
  private static final int BLOCKS = 100;
  private static final int LARGEST_BLOCK = 32;
  private static final double HELD_OUT_SHARE = 0.2;
  private static final double LEAST_SHARE = 0.12;
  private static final double MOST_SHARE = 0.3;

  /** Another one than that of the rows that the gate measures by, whose blocks are as large. */
  private static final long HELD_OUT_SEED = 0x6361_6c69_6272_6174L;

  /**
   * Splits the samples. As many are used as there are, or as fit into memory; how many are kept is
   * the training set's to decide.
   *
   * @param width cells of an encoded row
   */
  static SampleSplit of(List<Sample> samples, int width, SplittableRandom random) {
    int most = Math.max(LEAST_ROWS, MOST_CELLS / width);
    int[] anomalies = places(samples, true);
    shuffle(anomalies, random);
    int[] others = places(samples, false);
    if (others.length > most) {
      shuffle(others, random);
      others = Arrays.copyOf(others, most);
      Arrays.sort(others);
    }
    boolean[] held = held(samples, others);
    int[] rows = others;
    int[] training = select(rows, i -> !held[i]);
    shuffle(training, random);
    return new SampleSplit(
        training,
        select(rows, i -> held[i]),
        Arrays.copyOf(anomalies, Math.min(MOST_ANOMALIES, anomalies.length)));
  }

  /** The blocks of lowest hash: a fifth of all, or of those that there are if luck has it so. */
  private static boolean[] held(List<Sample> samples, int[] rows) {
    int block = Integer.highestOneBit(Math.max(1, Math.min(LARGEST_BLOCK, rows.length / BLOCKS)));
    long[] hashes =
        Arrays.stream(rows)
            .mapToObj(row -> samples.get(row).observation().event().coordinates())
            .mapToLong(coordinates -> CoordinateHash.ofBlock(coordinates, block, HELD_OUT_SEED))
            .toArray();
    long limit = Long.MIN_VALUE + (long) (HELD_OUT_SHARE * 2 * Long.MAX_VALUE);
    double share =
        Arrays.stream(hashes).filter(hash -> hash <= limit).count() / (double) rows.length;
    boolean[] held = new boolean[rows.length];
    long last = share < LEAST_SHARE || share > MOST_SHARE ? fifth(hashes) : limit;
    for (int i = 0; i < held.length; i++) {
      held[i] = hashes[i] <= last;
    }
    return held;
  }

  private static long fifth(long[] hashes) {
    long[] sorted = hashes.clone();
    Arrays.sort(sorted);
    return sorted[(int) (HELD_OUT_SHARE * (sorted.length - 1))];
  }

  private static int[] places(List<Sample> samples, boolean anomalous) {
    return IntStream.range(0, samples.size())
        .filter(i -> (samples.get(i).truth() == Truth.ANOMALOUS) == anomalous)
        .toArray();
  }

  private static int[] select(int[] rows, IntPredicate chosen) {
    return IntStream.range(0, rows.length).filter(chosen).map(i -> rows[i]).toArray();
  }

  private static void shuffle(int[] values, SplittableRandom random) {
    for (int i = values.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int value = values[i];
      values[i] = values[other];
      values[other] = value;
    }
  }

  /** Returns how many samples are not labelled anomalous, as far as they are used. */
  int unlabelled() {
    return training.length + heldOut.length;
  }
}
