package dev.eddy.scoring;

import dev.eddy.algebra.CholeskyFactor;
import java.util.Arrays;

/**
 * Logistic regression with a normal prior of each coefficient, by Newton's method (Bishop, "Pattern
 * Recognition and Machine Learning", section 4.3.3). Few rows of one class leave the coefficients
 * near the prior's means; many may move them anywhere.
 */
final class LogisticRegression {
  private static final int MOST_STEPS = 50;
  private static final double CONVERGED = 1e-9;

  /** The intercept has next to no prior: how many rows are of which class is no matter of taste. */
  private static final double INTERCEPT_PRECISION = 1e-3;

  private static final double MOST_LOGIT = 30;

  private LogisticRegression() {}

  /**
   * Fits the coefficients.
   *
   * @param rows of one width; at least one
   * @param positive which rows are of the class that has high logits
   * @param weights of the rows, {@code > 0}
   * @param means of the prior, one for each column
   * @param precision of the prior, {@code > 0}
   * @return one coefficient for each column; the intercept is left out
   */
  static double[] fit(
      double[][] rows, boolean[] positive, double[] weights, double[] means, double precision) {
    int width = means.length;
    double[] coefficients = Arrays.copyOf(means, width + 1);
    for (int step = 0; step < MOST_STEPS; step++) {
      double[][] hessian = new double[width + 1][width + 1]; // the lower triangle
      double[] gradient = new double[width + 1];
      for (int row = 0; row < rows.length; row++) {
        add(rows[row], positive[row], weights[row], coefficients, hessian, gradient);
      }
      for (int i = 0; i <= width; i++) {
        double own = i < width ? precision : INTERCEPT_PRECISION;
        hessian[i][i] += own;
        gradient[i] += own * (coefficients[i] - (i < width ? means[i] : 0));
      }
      if (move(coefficients, CholeskyFactor.of(hessian).solve(gradient)) < CONVERGED) {
        break;
      }
    }
    return Arrays.copyOf(coefficients, width);
  }

  private static void add(
      double[] row,
      boolean positive,
      double weight,
      double[] coefficients,
      double[][] hessian,
      double[] gradient) {
    int width = row.length;
    double logit = coefficients[width];
    for (int i = 0; i < width; i++) {
      logit += coefficients[i] * row[i];
    }
    double bounded = Math.max(-MOST_LOGIT, Math.min(MOST_LOGIT, logit));
    double share = 1 / (1 + Math.exp(-bounded));
    double error = weight * (share - (positive ? 1 : 0));
    double curvature = weight * share * (1 - share);
    for (int i = 0; i <= width; i++) {
      double cell = i < width ? row[i] : 1;
      gradient[i] += error * cell;
      for (int k = 0; k <= i; k++) {
        hessian[i][k] += curvature * cell * (k < width ? row[k] : 1);
      }
    }
  }

  private static double move(double[] coefficients, double[] step) {
    double largest = 0;
    for (int i = 0; i < coefficients.length; i++) {
      coefficients[i] -= step[i];
      largest = Math.max(largest, Math.abs(step[i]));
    }
    return largest;
  }
}
