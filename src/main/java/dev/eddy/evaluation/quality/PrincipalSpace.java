package dev.eddy.evaluation.quality;

import dev.eddy.algebra.Covariance;
import dev.eddy.algebra.SymmetricMatrix;
import java.util.Arrays;

/**
 * The space of the largest principal components of real training rows, each scaled to unit
 * variance: what records look like to the Fréchet distance, to the k-means cells and on a map.
 */
public final class PrincipalSpace {
  private static final int MOST_COMPONENTS = 16;
  private static final double LEAST_VARIANCE = 1e-9;

  private final TableCode code;
  private final double[] means;
  private final double[][] axes; // by component, divided by its deviation

  /** Fits it. */
  public PrincipalSpace(RecordTable training) {
    this.code = new TableCode(training);
    double[][] rows = code.oneHot(training);
    int width = code.width();
    this.means = new double[width];
    for (double[] row : rows) {
      for (int i = 0; i < width; i++) {
        means[i] += row[i] / rows.length;
      }
    }
    SymmetricMatrix parts = SymmetricMatrix.decompose(Covariance.of(rows, means));
    int components =
        (int)
            Arrays.stream(parts.values())
                .limit(MOST_COMPONENTS)
                .filter(variance -> variance > LEAST_VARIANCE)
                .count();
    this.axes = new double[components][width];
    for (int c = 0; c < components; c++) {
      double deviation = Math.sqrt(parts.values()[c]);
      for (int i = 0; i < width; i++) {
        axes[c][i] = parts.vectors()[c][i] / deviation;
      }
    }
  }

  /** Returns how many components there are. */
  public int components() {
    return axes.length;
  }

  /** Returns rows as points, by row, then by component, the largest component first. */
  public double[][] points(RecordTable table) {
    return Arrays.stream(code.oneHot(table))
        .map(
            row -> {
              double[] point = new double[axes.length];
              for (int c = 0; c < point.length; c++) {
                for (int i = 0; i < row.length; i++) {
                  point[c] += axes[c][i] * (row[i] - means[i]);
                }
              }
              return point;
            })
        .toArray(double[][]::new);
  }
}
