package dev.eddy.evaluation.quality;

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
    double[][] covarianceA = PrincipalSpace.covariance(a, meanA);
    double[][] covarianceB = PrincipalSpace.covariance(b, meanB);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += (meanA[i] - meanB[i]) * (meanA[i] - meanB[i]);
      sum += covarianceA[i][i] + covarianceB[i][i];
    }
    // tr (C1 C2)^(1/2) = tr (R C2 R)^(1/2), which is symmetric, with R = C1^(1/2)
    double[][] root = SymmetricMatrix.squareRoot(covarianceA);
    double[][] product = product(product(root, covarianceB), root);
    for (double value : SymmetricMatrix.decompose(product).values()) {
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

  private static double[][] product(double[][] a, double[][] b) {
    int n = a.length;
    double[][] product = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < n; k++) {
        for (int j = 0; j < n; j++) {
          product[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return product;
  }
}
