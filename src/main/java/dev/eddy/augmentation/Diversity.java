package dev.eddy.augmentation;

import org.jspecify.annotations.Nullable;

/**
 * Notices mode collapse: generated rows whose columns vary much less than those of the class's
 * training rows.
 */
final class Diversity {
  /** Generated rows of a class that it looks at. */
  static final int ROWS = 256;

  private static final double COLLAPSED = 0.5;
  private static final double FEWEST_NATS = 0.05;

  private final TokenLayout layout;
  private final double[] entropies; // by class: mean over columns, nats

  Diversity(TokenRows rows) {
    this.layout = rows.layout();
    this.entropies = new double[rows.classes().size()];
    for (int labelClass = 0; labelClass < entropies.length; labelClass++) {
      int[][] some = rows.rows()[labelClass];
      int[] counts = new int[layout.width()];
      for (int[] row : some) {
        for (int column = 0; column < row.length; column++) {
          counts[layout.offset(column) + row[column]]++;
        }
      }
      entropies[labelClass] = entropy(counts, some.length);
    }
  }

  /**
   * Says what is wrong with rows of a class; null: nothing.
   *
   * @param tokens places of their tokens among all, row-major
   */
  @Nullable String trouble(int labelClass, long[] tokens) {
    int[] counts = new int[layout.width()];
    for (long token : tokens) {
      counts[(int) token]++;
    }
    double found = entropy(counts, tokens.length / layout.columns().size());
    double wanted = entropies[labelClass];
    return wanted < FEWEST_NATS || found >= COLLAPSED * wanted
        ? null
        : "mode collapse in class %d: entropy of columns must be >= %.3f nats, got %.3f"
            .formatted(labelClass, COLLAPSED * wanted, found);
  }

  /** Returns the mean over columns of the entropy of their tokens, in nats. */
  private double entropy(int[] counts, int rows) {
    double sum = 0;
    for (int count : counts) {
      if (count > 0) {
        double share = (double) count / rows;
        sum -= share * Math.log(share);
      }
    }
    return sum / layout.columns().size();
  }
}
