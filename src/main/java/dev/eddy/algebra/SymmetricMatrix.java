package dev.eddy.algebra;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix.
 *
 * @param values eigenvalues, the largest first
 * @param vectors eigenvectors of length 1 in the same order, shape (vector, cell); each may as well
 *     point the other way
 */
@SuppressWarnings("ArrayRecordComponent") // a result; equality is never asked
public record SymmetricMatrix(double[] values, double[][] vectors) {

  /**
   * Decomposes a symmetric matrix.
   *
   * @throws IllegalArgumentException if a cell is not finite
   */
  public static SymmetricMatrix decompose(double[][] matrix) {
    int width = matrix.length;
    if (width == 0) {
      return new SymmetricMatrix(new double[0], new double[0][]);
    }
    EigenDecomposition_F64<DMatrixRMaj> parts = DecompositionFactory_DDRM.eig(width, true, true);
    if (!parts.decompose(new DMatrixRMaj(matrix))) {
      throw new IllegalArgumentException(
          "a matrix of width %d must be finite to have eigenvalues".formatted(width));
    }
    int[] order =
        IntStream.range(0, width)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -parts.getEigenvalue(i).getReal()))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] values = new double[width];
    double[][] vectors = new double[width][];
    for (int i = 0; i < width; i++) {
      values[i] = parts.getEigenvalue(order[i]).getReal();
      vectors[i] = parts.getEigenVector(order[i]).getData();
    }
    return new SymmetricMatrix(values, vectors);
  }
}
