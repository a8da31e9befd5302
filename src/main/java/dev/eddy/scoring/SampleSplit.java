package dev.eddy.scoring;

import dev.eddy.feature.Sample;
import dev.eddy.feature.Sample.Truth;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Which samples are trained on, which are held out to calibrate by, and which are labelled
 * anomalies: places among the samples. Rows to hold out are taken in blocks of neighbours, because
 * a row whose neighbours in time were trained on would look more ordinary than a new one will.
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
  private static final int BLOCKS_HELD_OUT = 20;

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
    boolean[] held = new boolean[BLOCKS];
    int[] blocks = IntStream.range(0, BLOCKS).toArray();
    shuffle(blocks, random);
    for (int i = 0; i < BLOCKS_HELD_OUT; i++) {
      held[blocks[i]] = true;
    }
    int[] rows = others;
    int[] training = select(rows, i -> !held[block(i, rows.length)]);
    shuffle(training, random);
    return new SampleSplit(
        training,
        select(rows, i -> held[block(i, rows.length)]),
        Arrays.copyOf(anomalies, Math.min(MOST_ANOMALIES, anomalies.length)));
  }

  private static int block(int place, int rows) {
    return (int) ((long) place * BLOCKS / rows);
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
