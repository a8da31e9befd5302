package dev.eddy.evaluation;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * An interval for a figure of dependent records. Neighbours in time are alike, so whole blocks of
 * them are drawn with replacement rather than single records, which would make the interval too
 * narrow (Künsch, Annals of Statistics 17, 1989). Two models are compared on the same draws.
 */
public final class BlockBootstrap {
  private static final int DRAWS = 300;
  private static final double LOW = 0.025;
  private static final double HIGH = 0.975;

  private final int[] blockOf;
  private final int blocks;
  private final long seed;

  /** The middle 95 % of a figure over the draws. */
  public record Interval(double low, double high) {}

  /**
   * Makes a bootstrap.
   *
   * @param blockOf the block of each record: 0 to one less than there are blocks
   */
  public BlockBootstrap(int[] blockOf, long seed) {
    this.blockOf = blockOf.clone();
    this.blocks = Arrays.stream(blockOf).max().orElse(-1) + 1;
    this.seed = seed;
  }

  /**
   * Returns the interval of a figure. Draws for which it is NaN do not count.
   *
   * @param figure of a resample: how often each record is taken
   */
  public Interval interval(ToDoubleFunction<int[]> figure) {
    var random = new SplittableRandom(seed);
    double[] values = new double[DRAWS];
    int count = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      double value = figure.applyAsDouble(times(random));
      if (!Double.isNaN(value)) {
        values[count++] = value;
      }
    }
    if (count == 0) {
      return new Interval(Double.NaN, Double.NaN);
    }
    double[] sorted = Arrays.copyOf(values, count);
    Arrays.sort(sorted);
    return new Interval(sorted[(int) (LOW * (count - 1))], sorted[(int) (HIGH * (count - 1))]);
  }

  private int[] times(SplittableRandom random) {
    int[] ofBlock = new int[blocks];
    for (int i = 0; i < blocks; i++) {
      ofBlock[random.nextInt(blocks)]++;
    }
    int[] times = new int[blockOf.length];
    Arrays.setAll(times, row -> ofBlock[blockOf[row]]);
    return times;
  }
}
