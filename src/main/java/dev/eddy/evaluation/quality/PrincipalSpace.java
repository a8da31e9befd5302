package dev.eddy.evaluation.quality;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The space of the largest principal components of real training rows, each scaled to unit
 * variance: what records look like to the Fréchet distance, to the k-means cells and on a map.
 */
public final class PrincipalSpace {
  private static final int MOST_COMPONENTS = 16;

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
    SymmetricMatrix parts = SymmetricMatrix.decompose(covariance(rows, means));
    int[] largest =
        IntStream.range(0, width)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -parts.values()[i]))
            .mapToInt(Integer::intValue)
            .filter(i -> parts.values()[i] > 1e-9)
            .limit(MOST_COMPONENTS)
            .toArray();
    this.axes = new double[largest.length][width];
    for (int c = 0; c < largest.length; c++) {
      double deviation = Math.sqrt(parts.values()[largest[c]]);
      for (int i = 0; i < width; i++) {
        axes[c][i] = parts.vectors()[i][largest[c]] / deviation;
      }
    }
  }

  static double[][] covariance(double[][] rows, double[] means) {
    int width = means.length;
    double[][] covariance = new double[width][width];
    double[] centred = new double[width];
    for (double[] row : rows) {
      for (int i = 0; i < width; i++) {
        centred[i] = row[i] - means[i];
      }
      for (int i = 0; i < width; i++) {
        double[] target = covariance[i];
        double scaled = centred[i] / rows.length;
        for (int j = 0; j <= i; j++) {
          target[j] += scaled * centred[j];
        }
      }
    }
    for (int i = 0; i < width; i++) {
      for (int j = 0; j < i; j++) {
        covariance[j][i] = covariance[i][j];
      }
    }
    return covariance;
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
