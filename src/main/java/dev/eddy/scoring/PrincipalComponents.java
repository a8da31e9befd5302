package dev.eddy.scoring;

import dev.eddy.algebra.Covariance;
import dev.eddy.algebra.SymmetricMatrix;
import dev.eddy.feature.FeatureMatrix;
import java.util.Arrays;

/**
 * The directions in which rows vary most, and how far a row lies from all of them: its squared
 * distance to the principal components that hold 90 % of the variance of columns standardised to
 * mean 0 and deviation 1.
 */
final class PrincipalComponents {
  private static final double VARIANCE = 0.9;
  private static final int MOST_ROWS = 5_000;
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
    Covariance covariance = new Covariance(width);
    double[] cells = new double[width];
    for (int row = 0; row < count; row++) {
      none.standardise(rows, row, cells);
      covariance.add(cells);
    }
    return new PrincipalComponents(means, deviations, largest(covariance.matrix()));
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
    SymmetricMatrix parts = SymmetricMatrix.decompose(symmetric);
    double total = Arrays.stream(parts.values()).sum();
    int kept = 0;
    double held = 0;
    while (kept < parts.values().length && held < VARIANCE * total) {
      held += parts.values()[kept];
      kept++;
    }
    return Arrays.copyOf(parts.vectors(), kept);
  }
}
