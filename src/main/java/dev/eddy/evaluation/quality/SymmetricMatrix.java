package dev.eddy.evaluation.quality;

/**
 * Eigenvalues and eigenvectors of a small symmetric matrix by cyclic Jacobi rotations (Golub and
 * Van Loan, "Matrix Computations", 8.5).
 *
 * @param values eigenvalues, in no order
 * @param vectors eigenvectors as columns
 */
@SuppressWarnings("ArrayRecordComponent") // a result; equality is never asked
record SymmetricMatrix(double[] values, double[][] vectors) {
  private static final int MOST_SWEEPS = 30;

  /** Decomposes a matrix, which is changed. */
  static SymmetricMatrix decompose(double[][] a) {
    int n = a.length;
    double[][] v = new double[n][n];
    double size = 0;
    for (int i = 0; i < n; i++) {
      v[i][i] = 1;
      size += a[i][i] * a[i][i];
    }
    for (int sweep = 0; sweep < MOST_SWEEPS; sweep++) {
      double off = 0;
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          off += a[p][q] * a[p][q];
        }
      }
      if (off <= 1e-18 * size) {
        break;
      }
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          rotate(a, v, p, q);
        }
      }
    }
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = a[i][i];
    }
    return new SymmetricMatrix(values, v);
  }

  private static void rotate(double[][] a, double[][] v, int p, int q) {
    if (Math.abs(a[p][q]) < 1e-300) {
      return;
    }
    double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
    double c = 1 / Math.sqrt(t * t + 1);
    double s = t * c;
    for (int k = 0; k < a.length; k++) {
      double kp = a[k][p];
      double kq = a[k][q];
      a[k][p] = c * kp - s * kq;
      a[k][q] = s * kp + c * kq;
    }
    for (int k = 0; k < a.length; k++) {
      double pk = a[p][k];
      double qk = a[q][k];
      a[p][k] = c * pk - s * qk;
      a[q][k] = s * pk + c * qk;
      double kp = v[k][p];
      double kq = v[k][q];
      v[k][p] = c * kp - s * kq;
      v[k][q] = s * kp + c * kq;
    }
  }

  /** Returns the square root of a positive semidefinite matrix, which is changed. */
  static double[][] squareRoot(double[][] a) {
    SymmetricMatrix parts = decompose(a);
    int n = a.length;
    double[][] root = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < n; k++) {
          root[i][j] +=
              parts.vectors[i][k] * Math.sqrt(Math.max(0, parts.values[k])) * parts.vectors[j][k];
        }
      }
    }
    return root;
  }
}
