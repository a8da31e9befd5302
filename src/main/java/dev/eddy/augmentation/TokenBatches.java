package dev.eddy.augmentation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Random batches of training rows. Each row's class is drawn by the square root of the class's
 * rows, so that the smaller classes are seen more often than they are (training by sampling, as in
 * Xu et al., "Modeling Tabular data using Conditional GAN", 2019, arXiv:1907.00503, with the power
 * 1/2): the network has to generate each of them well, however rare it is. A training may leave
 * classes their shares as long as none is rare.
 */
final class TokenBatches {
  /** Every training draws by the square root, whatever the shares. */
  static final double BALANCED = 1;

  private final TokenRows rows;
  private final SplittableRandom random;
  private final double[] cumulative;

  /**
   * Deals rows.
   *
   * @param rare where each class has at least this share of the rows, classes keep their shares;
   *     {@link #BALANCED}: never
   */
  TokenBatches(TokenRows rows, SplittableRandom random, double rare) {
    this.rows = rows;
    this.random = random;
    double all = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < rows.classes().size(); i++) {
      all += rows.count(i);
      least = Math.min(least, rows.count(i));
    }
    double power = least < rare * all ? 0.5 : 1;
    this.cumulative = new double[rows.classes().size()];
    double sum = 0;
    for (int i = 0; i < cumulative.length; i++) {
      sum += Math.pow(rows.count(i), power);
      cumulative[i] = sum;
    }
  }

  /** Draws a class for each row of a batch. */
  int[] classes(int size) {
    double sum = cumulative[cumulative.length - 1];
    int[] drawn = new int[size];
    for (int i = 0; i < size; i++) {
      int found = Arrays.binarySearch(cumulative, random.nextDouble() * sum);
      drawn[i] = Math.min(cumulative.length - 1, found >= 0 ? found : -found - 1);
    }
    return drawn;
  }

  /** Draws a training row of each class: places of its tokens among all, row-major. */
  long[] tokens(int[] classOf) {
    TokenLayout layout = rows.layout();
    int columns = layout.columns().size();
    long[] tokens = new long[classOf.length * columns];
    int next = 0;
    for (int labelClass : classOf) {
      int[] row = rows.rows()[labelClass][random.nextInt(rows.count(labelClass))];
      for (int column = 0; column < columns; column++) {
        tokens[next++] = (long) layout.offset(column) + row[column];
      }
    }
    return tokens;
  }

  /** Copies tokens to native memory; int64, shape (rows, columns). */
  NDArray toNative(NDManager call, long[] tokens) {
    int columns = rows.layout().columns().size();
    return call.create(tokens, new Shape(tokens.length / columns, columns));
  }

  /** Copies classes to native memory; int64, shape (rows). */
  static NDArray toNative(NDManager call, int[] classOf) {
    return call.create(Arrays.stream(classOf).asLongStream().toArray());
  }
}
