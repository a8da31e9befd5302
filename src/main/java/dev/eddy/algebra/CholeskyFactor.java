package dev.eddy.algebra;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.TriangularSolver_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;

/** The lower triangle L of a positive definite matrix A = L L'. */
public final class CholeskyFactor {
  private final int width;
  private final double[] cells; // (row, column)

  private CholeskyFactor(int width, double[] cells) {
    this.width = width;
    this.cells = cells;
  }

  /**
   * Decomposes a matrix.
   *
   * @param matrix symmetric; only its lower triangle is read
   * @throws IllegalArgumentException if it is not positive definite
   */
  public static CholeskyFactor of(double[][] matrix) {
    int width = matrix.length;
    DMatrixRMaj cells = new DMatrixRMaj(width, width);
    for (int i = 0; i < width; i++) {
      for (int k = 0; k <= i; k++) {
        cells.unsafe_set(i, k, matrix[i][k]);
        cells.unsafe_set(k, i, matrix[i][k]);
      }
    }
    CholeskyDecomposition_F64<DMatrixRMaj> parts = DecompositionFactory_DDRM.chol(width, true);
    if (!parts.decompose(cells)) {
      throw new IllegalArgumentException(
          "a matrix of width %d must be positive definite to have a Cholesky factor"
              .formatted(width));
    }
    return new CholeskyFactor(width, parts.getT(null).getData());
  }

  /** Returns the factor as rows, with zeros above the diagonal. */
  public double[][] rows() {
    return rows(cells);
  }

  /** Returns the inverse of the factor as rows, with zeros above the diagonal. */
  public double[][] inverse() {
    double[] inverse = cells.clone();
    TriangularSolver_DDRM.invertLower(inverse, width);
    return rows(inverse);
  }

  /** Returns the x of A x = right. */
  public double[] solve(double[] right) {
    double[] x = right.clone();
    TriangularSolver_DDRM.solveL(cells, x, width);
    TriangularSolver_DDRM.solveTranL(cells, x, width);
    return x;
  }

  private double[][] rows(double[] lower) {
    double[][] rows = new double[width][width];
    for (int i = 0; i < width; i++) {
      System.arraycopy(lower, i * width, rows[i], 0, i + 1);
    }
    return rows;
  }
}
