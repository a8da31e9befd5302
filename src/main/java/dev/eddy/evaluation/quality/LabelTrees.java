package dev.eddy.evaluation.quality;

import java.util.Arrays;
import java.util.List;

/**
 * A classifier of real rows that can be kept: gradient boosting, as texts of LightGBM. Immutable.
 *
 * @param texts one for two classes, else one for each class against all others
 */
public record LabelTrees(List<String> texts) {
  private static final int TREES = 100;

  /** Copies the list. */
  public LabelTrees {
    texts = List.copyOf(texts);
  }

  /** Returns whether this machine can learn and judge: on Linux it needs libgomp. */
  public static boolean isAvailable() {
    return LightGbm.isLoaded();
  }

  /**
   * Learns.
   *
   * @param rows of at least two classes
   * @throws IllegalStateException if this machine cannot
   */
  public static LabelTrees train(EncodedRows rows) {
    float[] weights = new float[rows.rows()];
    Arrays.fill(weights, 1);
    return new LabelTrees(new BoostedTrees(TREES).texts(rows, weights));
  }

  /**
   * Returns how likely each row's own class is, in [0, 1].
   *
   * @throws IllegalStateException if this machine cannot
   */
  public double[] ownShares(EncodedRows rows) {
    double[][] shares = BoostedTrees.probabilities(texts, rows);
    double[] own = new double[shares.length];
    for (int row = 0; row < own.length; row++) {
      own[row] = shares[row][rows.classOf()[row]];
    }
    return own;
  }
}
