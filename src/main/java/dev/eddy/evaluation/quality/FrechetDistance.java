package dev.eddy.evaluation.quality;

import dev.eddy.algebra.Covariance;
import dev.eddy.algebra.SymmetricMatrix;
import java.util.Arrays;

/**
 * The squared Fréchet distance of Gaussians fitted to two samples (Dowson and Landau, 1982; for
 * images Heusel et al., 2017, arXiv:1706.08500): |m1 - m2|^2 + tr(C1 + C2 - 2 (C1 C2)^(1/2)).
 */
final class FrechetDistance {
  private FrechetDistance() {}

  static double of(double[][] a, double[][] b) {
    int n = a[0].length;
    double[] meanA = mean(a);
    double[] meanB = mean(b);
    double[][] covarianceA = Covariance.of(a, meanA);
    double[][] covarianceB = Covariance.of(b, meanB);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += (meanA[i] - meanB[i]) * (meanA[i] - meanB[i]);
      sum += covarianceA[i][i] + covarianceB[i][i];
    }
    for (double value : SymmetricMatrix.decompose(product(covarianceA, covarianceB)).values()) {
      sum -= 2 * Math.sqrt(Math.max(0, value));
    }
    return Math.max(0, sum);
  }

  private static double[] mean(double[][] rows) {
    double[] mean = new double[rows[0].length];
    for (double[] row : rows) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += row[i] / rows.length;
      }
    }
    return mean;
  }

  /**
   * Returns a symmetric matrix with the eigenvalues of C1 C2: with C1 = V D V', it is D^(1/2) V' C2
   * V D^(1/2).
   */
  private static double[][] product(double[][] first, double[][] second) {
    SymmetricMatrix parts = SymmetricMatrix.decompose(first);
    int n = first.length;
    double[][] product = new double[n][n];
    for (int i = 0; i < n; i++) {
      double[] axis = parts.vectors()[i];
      double[] image = Arrays.stream(second).mapToDouble(row -> dot(row, axis)).toArray();
      for (int k = 0; k < n; k++) {
        double variances = Math.max(0, parts.values()[i]) * Math.max(0, parts.values()[k]);
        product[i][k] = Math.sqrt(variances) * dot(parts.vectors()[k], image);
      }
    }
    return product;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
