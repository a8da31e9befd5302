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
      double[] shares = new double[layout.width()];
      for (int[] row : some) {
        for (int column = 0; column < row.length; column++) {
          shares[layout.offset(column) + row[column]] += 1.0 / some.length;
        }
      }
      entropies[labelClass] = entropy(shares);
    }
  }

  /**
   * Says what is wrong with rows of a class; null: nothing.
   *
   * @param tokens places of their tokens among all, row-major
   */
  @Nullable String trouble(int labelClass, long[] tokens) {
    double each = (double) layout.columns().size() / tokens.length;
    double[] shares = new double[layout.width()];
    for (long token : tokens) {
      shares[(int) token] += each;
    }
    return trouble(labelClass, shares);
  }

  /**
   * Says what is wrong with rows of a class before they are drawn; null: nothing.
   *
   * @param logits row-major, shape (rows, tokens)
   */
  @Nullable String trouble(int labelClass, float[] logits) {
    float[] none = new float[layout.width()];
    return trouble(labelClass, MarginalCalibration.shares(layout, logits, none, 0));
  }

  private @Nullable String trouble(int labelClass, double[] shares) {
    double found = entropy(shares);
    double wanted = entropies[labelClass];
    return wanted < FEWEST_NATS || found >= COLLAPSED * wanted
        ? null
        : "mode collapse in class %d: entropy of columns must be >= %.3f nats, got %.3f"
            .formatted(labelClass, COLLAPSED * wanted, found);
  }

  /** Returns the mean over columns of the entropy of their tokens, in nats. */
  private double entropy(double[] shares) {
    double sum = 0;
    for (double share : shares) {
      if (share > 0) {
        sum -= share * Math.log(share);
      }
    }
    return sum / layout.columns().size();
  }
}
