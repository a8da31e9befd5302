package dev.eddy.scoring;

import dev.eddy.feature.FeatureMatrix;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The directions in which rows vary most, and how far a row lies from all of them: its squared
 * distance to the principal components that hold 90 % of the variance of columns standardised to
 * mean 0 and deviation 1. Eigenvectors by Jacobi's rotations (Golub and Van Loan, "Matrix
 * Computations", section 8.5).
 */
final class PrincipalComponents {
  private static final double VARIANCE = 0.9;
  private static final int MOST_ROWS = 5_000;
  private static final int MOST_SWEEPS = 30;
  private static final double CLIP = 20;

  private final double[] means;
  private final double[] deviations;
  private final double[][] components; // (component, column)

  private PrincipalComponents(double[] means, double[] deviations, double[][] components) {
    this.means = means;
    this.deviations = deviations;
    this.components = components;
  }

  /** Learns from the first rows, at most 5,000. */
  static PrincipalComponents fit(FeatureMatrix rows) {
    int width = rows.columns();
    int count = Math.min(MOST_ROWS, rows.rows());
    double[] means = new double[width];
    double[] deviations = new double[width];
    for (int column = 0; column < width; column++) {
      double sum = 0;
      double squares = 0;
      for (int row = 0; row < count; row++) {
        sum += rows.get(row, column);
      }
      means[column] = sum / count;
      for (int row = 0; row < count; row++) {
        double centred = rows.get(row, column) - means[column];
        squares += centred * centred;
      }
      deviations[column] = Math.sqrt(squares / count);
    }
    PrincipalComponents none = new PrincipalComponents(means, deviations, new double[0][]);
    double[][] covariance = new double[width][width];
    double[] cells = new double[width];
    for (int row = 0; row < count; row++) {
      none.standardise(rows, row, cells);
      for (int i = 0; i < width; i++) {
        for (int k = 0; k <= i; k++) {
          covariance[i][k] += cells[i] * cells[k] / count;
        }
      }
    }
    for (int i = 0; i < width; i++) {
      for (int k = 0; k < i; k++) {
        covariance[k][i] = covariance[i][k];
      }
    }
    return new PrincipalComponents(means, deviations, largest(covariance));
  }

  /** Returns each row's squared distance to the components. */
  double[] score(FeatureMatrix rows) {
    double[] scores = new double[rows.rows()];
    double[] cells = new double[means.length];
    for (int row = 0; row < scores.length; row++) {
      standardise(rows, row, cells);
      double rest = 0;
      for (double cell : cells) {
        rest += cell * cell;
      }
      for (double[] component : components) {
        double projection = 0;
        for (int column = 0; column < cells.length; column++) {
          projection += cells[column] * component[column];
        }
        rest -= projection * projection;
      }
      scores[row] = Math.max(0, rest);
    }
    return scores;
  }

  private void standardise(FeatureMatrix rows, int row, double[] cells) {
    for (int column = 0; column < cells.length; column++) {
      double deviation = deviations[column];
      double cell = deviation > 1e-9 ? (rows.get(row, column) - means[column]) / deviation : 0;
      cells[column] = Math.max(-CLIP, Math.min(CLIP, cell));
    }
  }

  /** Returns the eigenvectors of largest eigenvalue that hold the wanted share of their sum. */
  private static double[][] largest(double[][] symmetric) {
    int width = symmetric.length;
    double[][] vectors = new double[width][width];
    for (int i = 0; i < width; i++) {
      vectors[i][i] = 1;
    }
    double total = IntStream.range(0, width).mapToDouble(i -> symmetric[i][i]).sum();
    for (int sweep = 0; sweep < MOST_SWEEPS && offDiagonal(symmetric) > 1e-9 * total; sweep++) {
      for (int i = 0; i < width; i++) {
        for (int k = i + 1; k < width; k++) {
          rotate(symmetric, vectors, i, k);
        }
      }
    }
    int[] order =
        IntStream.range(0, width)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -symmetric[i][i]))
            .mapToInt(Integer::intValue)
            .toArray();
    int kept = 0;
    double held = 0;
    while (kept < width && held < VARIANCE * total) {
      held += symmetric[order[kept]][order[kept]];
      kept++;
    }
    double[][] components = new double[kept][];
    for (int i = 0; i < kept; i++) {
      components[i] = vectors[order[i]];
    }
    return components;
  }

  private static double offDiagonal(double[][] matrix) {
    double sum = 0;
    for (int i = 0; i < matrix.length; i++) {
      for (int k = 0; k < i; k++) {
        sum += Math.abs(matrix[i][k]);
      }
    }
    return sum;
  }

  /** Turns the plane of two axes so that their covariance becomes 0; vectors lie in rows. */
  private static void rotate(double[][] matrix, double[][] vectors, int i, int k) {
    double shared = matrix[i][k];
    if (Math.abs(shared) < 1e-12) {
      return;
    }
    double tau = (matrix[k][k] - matrix[i][i]) / (2 * shared);
    double tangent = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.hypot(1, tau));
    double cosine = 1 / Math.hypot(1, tangent);
    double sine = tangent * cosine;
    for (double[] row : matrix) {
      double first = row[i];
      double second = row[k];
      row[i] = cosine * first - sine * second;
      row[k] = sine * first + cosine * second;
    }
    mix(matrix[i], matrix[k], cosine, sine);
    mix(vectors[i], vectors[k], cosine, sine);
  }

  private static void mix(double[] first, double[] second, double cosine, double sine) {
    for (int column = 0; column < first.length; column++) {
      double a = first[column];
      double b = second[column];
      first[column] = cosine * a - sine * b;
      second[column] = sine * a + cosine * b;
    }
  }
}
