package dev.eddy.evaluation.quality;

import dev.eddy.algebra.CholeskyFactor;
import java.util.Arrays;

/**
 * Logistic regression of one class against the rest with ridge penalty 1 on all weights but the
 * constant, by Newton's method (iteratively reweighted least squares).
 */
final class LogisticRegression {
  private static final int ITERATIONS = 8;
  private static final double RIDGE = 1;
  private static final double CONVERGED = 1e-4;

  private final double[] weights; // the constant comes last

  private LogisticRegression(double[] weights) {
    this.weights = weights;
  }

  /** Learns from rows, all of one width, and whether each is of the class. */
  static LogisticRegression fit(double[][] rows, boolean[] positive) {
    int width = rows[0].length;
    double[] weights = new double[width + 1];
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      double[][] hessian = new double[width + 1][width + 1];
      double[] gradient = new double[width + 1];
      for (int i = 0; i < rows.length; i++) {
        double p = sigmoid(margin(weights, rows[i]));
        accumulate(
            rows[i], p - (positive[i] ? 1 : 0), Math.max(1e-6, p * (1 - p)), gradient, hessian);
      }
      for (int d = 0; d < width; d++) {
        gradient[d] += RIDGE * weights[d];
        hessian[d][d] += RIDGE;
      }
      hessian[width][width] += 1e-9;
      double[] step = CholeskyFactor.of(hessian).solve(gradient);
      for (int d = 0; d <= width; d++) {
        weights[d] -= step[d];
      }
      if (Arrays.stream(step).map(Math::abs).max().orElse(0) < CONVERGED) {
        break;
      }
    }
    return new LogisticRegression(weights);
  }

  /** One-hot rows are mostly zeros, which cost nothing here. */
  private static void accumulate(
      double[] row, double error, double curvature, double[] gradient, double[][] hessian) {
    int width = row.length;
    for (int d = 0; d < width; d++) {
      if (row[d] != 0) {
        gradient[d] += error * row[d];
        double scaled = curvature * row[d];
        double[] target = hessian[d];
        for (int e = 0; e <= d; e++) {
          target[e] += scaled * row[e];
        }
        hessian[width][d] += scaled;
      }
    }
    gradient[width] += error;
    hessian[width][width] += curvature;
  }

  private static double margin(double[] weights, double[] row) {
    double sum = weights[row.length];
    for (int d = 0; d < row.length; d++) {
      sum += weights[d] * row[d];
    }
    return sum;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** Returns the probability that each row is of the class. */
  double[] probabilities(double[][] rows) {
    return Arrays.stream(rows).mapToDouble(row -> sigmoid(margin(weights, row))).toArray();
  }
}
