package dev.eddy.augmentation;

/**
 * Shifts a trained generator's offsets so that each column's token shares agree with the wanted
 * ones: no gradient, a few passes over the logits of some thousand rows.
 */
final class MarginalCalibration {
  private static final int PASSES =
      20; // diffusion is nearly sure of each token: 6 left shapes .001 short
  private static final double FLOOR = 1e-5;
  private static final double LARGEST_SHIFT = 2;

  private MarginalCalibration() {}

  /**
   * Adds to the offsets of one class what its logits lack.
   *
   * @param logits without offsets, row-major, shape (rows, tokens)
   * @param wanted share of each token; sums to 1 by column
   * @param offsets changed in place
   * @param table place of the class's first offset
   */
  static void calibrate(
      TokenLayout layout, float[] logits, double[] wanted, float[] offsets, int table) {
    int tokens = layout.width();
    for (int pass = 0; pass < PASSES; pass++) {
      double[] found = shares(layout, logits, offsets, table);
      for (int token = 0; token < tokens; token++) {
        double shift = Math.log((wanted[token] + FLOOR) / (found[token] + FLOOR));
        offsets[table + token] += (float) Math.max(-LARGEST_SHIFT, Math.min(LARGEST_SHIFT, shift));
      }
    }
  }

  /** Returns the mean softmax of each token over the rows. */
  static double[] shares(TokenLayout layout, float[] logits, float[] offsets, int table) {
    int tokens = layout.width();
    int rows = logits.length / tokens;
    double[] means = new double[tokens];
    double[] weights = new double[tokens];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < layout.columns().size(); column++) {
        int start = layout.offset(column);
        int end = layout.offset(column + 1);
        double sum = Softmax.weights(logits, row * tokens, offsets, table, start, end, weights);
        for (int token = start; token < end; token++) {
          means[token] += weights[token] / sum / rows;
        }
      }
    }
    return means;
  }
}
