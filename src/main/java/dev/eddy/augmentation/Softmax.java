package dev.eddy.augmentation;

/** Weights of tokens from their logits. */
final class Softmax {
  private Softmax() {}

  /**
   * Computes e^(logit + offset - the column's largest) for the tokens of one column.
   *
   * @param row place of the row's first logit
   * @param table place of the class's first offset
   * @param start the column's first token
   * @param end the token after its last
   * @param weights takes the result in the tokens' own places
   * @return their sum
   */
  static double weights(
      float[] logits, int row, float[] offsets, int table, int start, int end, double[] weights) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int token = start; token < end; token++) {
      largest = Math.max(largest, logits[row + token] + offsets[table + token]);
    }
    double sum = 0;
    for (int token = start; token < end; token++) {
      weights[token] = Math.exp(logits[row + token] + offsets[table + token] - largest);
      sum += weights[token];
    }
    return sum;
  }
}
