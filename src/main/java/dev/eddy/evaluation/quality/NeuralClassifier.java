package dev.eddy.evaluation.quality;

import dev.eddy.model.BinaryPerceptron;
import java.util.Arrays;

/**
 * A small perceptron, 64-64, as teams train one on tables: numbers by their rank among the training
 * rows (scaled to a variance of 1), categories one-hot, 20 passes in batches of 256.
 */
final class NeuralClassifier implements RareClassifier {
  private static final BinaryPerceptron NETWORK = new BinaryPerceptron(64, 20, 256, 3e-3, 1e-3);
  private static final float RANGE = (float) Math.sqrt(3); // uniform within it: variance 1

  @Override
  public double[] scores(
      TableCode code,
      RecordTable training,
      String labelClass,
      float[] weights,
      RecordTable test,
      long seed) {
    double[][] rows = code.oneHot(training);
    double[][] ranks = sortedNumbers(rows, code.numbers());
    return NETWORK.scores(
        inputs(rows, ranks),
        training.isOf(labelClass),
        weights,
        inputs(code.oneHot(test), ranks),
        seed);
  }

  private static double[][] sortedNumbers(double[][] rows, int numbers) {
    double[][] sorted = new double[numbers][];
    for (int number = 0; number < numbers; number++) {
      int column = number;
      sorted[number] = Arrays.stream(rows).mapToDouble(row -> row[column]).sorted().toArray();
    }
    return sorted;
  }

  /** Replaces numbers by the middle of their ranks, in [-sqrt(3), sqrt(3)]. */
  private static float[][] inputs(double[][] rows, double[][] sorted) {
    float[][] inputs = new float[rows.length][];
    for (int row = 0; row < rows.length; row++) {
      inputs[row] = new float[rows[row].length];
      for (int i = 0; i < inputs[row].length; i++) {
        inputs[row][i] =
            i < sorted.length
                ? (float) (2 * rank(sorted[i], rows[row][i]) - 1) * RANGE
                : (float) rows[row][i];
      }
    }
    return inputs;
  }

  private static double rank(double[] sorted, double value) {
    return (place(sorted, Math.nextDown(value)) + place(sorted, value)) / (2.0 * sorted.length);
  }

  /** Returns how many are at most so large. */
  private static int place(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] <= value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
