package dev.eddy.cli.synthesize.report;

import dev.eddy.evaluation.quality.RecordTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The first two principal components of real rows, by power iteration, and where rows lie in them.
 * Numbers are standardized, with the mean where they are missing, and cut at 4 deviations;
 * categories are a cell for each of their most frequent values, so scaled that all columns weigh
 * alike.
 */
final class PrincipalComponents {
  private static final int MOST_VALUES = 12;
  private static final int ITERATIONS = 60;
  private static final double CUT = 4;

  private final List<Cell> cells = new ArrayList<>();
  private final double[] means;
  private final double[][] axes;
  private final double[] explained = new double[2];

  /** One cell of a row: a number, or whether a category has a value. */
  private record Cell(int column, boolean number, String value, double mean, double scale) {
    double of(RecordTable table, int row) {
      if (number) {
        double deviation = (table.numbers()[row][column] - mean) / scale;
        return Double.isNaN(deviation) ? 0 : Math.max(-CUT, Math.min(CUT, deviation));
      }
      return value.equals(table.categories()[row][column]) ? scale : 0;
    }
  }

  /** Fits them to real rows. */
  PrincipalComponents(RecordTable real) {
    for (int i = 0; i < real.numberNames().size(); i++) {
      addNumber(real, i);
    }
    for (int i = 0; i < real.categoryNames().size(); i++) {
      addCategory(real, i);
    }
    double[][] rows = rows(real);
    this.means = new double[cells.size()];
    for (double[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        means[i] += row[i] / rows.length;
      }
    }
    double[][] covariance = covariance(rows);
    this.axes = new double[2][];
    double trace = 0;
    for (int i = 0; i < means.length; i++) {
      trace += covariance[i][i];
    }
    for (int axis = 0; axis < 2; axis++) {
      axes[axis] = largest(covariance, axis);
      double variance = deflate(covariance, axes[axis]);
      explained[axis] = trace > 0 ? variance / trace : 0;
    }
  }

  private void addNumber(RecordTable real, int column) {
    double[] values = Association.column(real, column);
    double sum = 0;
    double squares = 0;
    int known = 0;
    for (double value : values) {
      if (!Double.isNaN(value)) {
        sum += value;
        known++;
      }
    }
    double mean = sum / Math.max(1, known);
    for (double value : values) {
      squares += Double.isNaN(value) ? 0 : (value - mean) * (value - mean);
    }
    double deviation = Math.sqrt(squares / Math.max(1, known));
    if (deviation > 0) {
      cells.add(new Cell(column, true, "", mean, deviation));
    }
  }

  private void addCategory(RecordTable real, int column) {
    Map<String, Integer> counts = new HashMap<>();
    for (int row = 0; row < real.rows(); row++) {
      String value = real.categories()[row][column];
      if (value != null) {
        counts.merge(value, 1, Integer::sum);
      }
    }
    List<Map.Entry<String, Integer>> frequent =
        counts.entrySet().stream()
            .sorted(
                Comparator.comparing((Map.Entry<String, Integer> e) -> -e.getValue())
                    .thenComparing(Map.Entry::getKey))
            .limit(MOST_VALUES)
            .toList();
    double variance = 0;
    for (Map.Entry<String, Integer> value : frequent) {
      double share = value.getValue() / (double) real.rows();
      variance += share * (1 - share);
    }
    double scale = variance > 0 ? 1 / Math.sqrt(variance) : 0;
    for (Map.Entry<String, Integer> value : frequent) {
      cells.add(new Cell(column, false, value.getKey(), 0, scale));
    }
  }

  private double[][] rows(RecordTable table) {
    double[][] rows = new double[table.rows()][cells.size()];
    for (int row = 0; row < rows.length; row++) {
      for (int i = 0; i < cells.size(); i++) {
        rows[row][i] = cells.get(i).of(table, row);
      }
    }
    return rows;
  }

  private double[][] covariance(double[][] rows) {
    double[][] covariance = new double[means.length][means.length];
    for (double[] row : rows) {
      for (int i = 0; i < means.length; i++) {
        double a = (row[i] - means[i]) / rows.length;
        for (int j = 0; j <= i; j++) {
          covariance[i][j] += a * (row[j] - means[j]);
        }
      }
    }
    for (int i = 0; i < means.length; i++) {
      for (int j = i + 1; j < means.length; j++) {
        covariance[i][j] = covariance[j][i];
      }
    }
    return covariance;
  }

  private static double[] largest(double[][] matrix, long seed) {
    double[] vector =
        new SplittableRandom(seed).doubles(matrix.length).map(value -> value - 0.5).toArray();
    for (int i = 0; i < ITERATIONS; i++) {
      double[] next = times(matrix, vector);
      double length = 0;
      for (double value : next) {
        length += value * value;
      }
      length = Math.sqrt(length);
      if (length == 0) {
        return vector;
      }
      for (int j = 0; j < next.length; j++) {
        vector[j] = next[j] / length;
      }
    }
    return vector;
  }

  private static double[] times(double[][] matrix, double[] vector) {
    double[] product = new double[vector.length];
    for (int i = 0; i < vector.length; i++) {
      for (int j = 0; j < vector.length; j++) {
        product[i] += matrix[i][j] * vector[j];
      }
    }
    return product;
  }

  /** Takes an axis out of the matrix; returns the variance along it. */
  private static double deflate(double[][] matrix, double[] axis) {
    double[] product = times(matrix, axis);
    double variance = 0;
    for (int i = 0; i < axis.length; i++) {
      variance += axis[i] * product[i];
    }
    for (int i = 0; i < axis.length; i++) {
      for (int j = 0; j < axis.length; j++) {
        matrix[i][j] -= variance * axis[i] * axis[j];
      }
    }
    return variance;
  }

  /** Returns the share of the variance along the first or the second axis. */
  double explained(int axis) {
    return explained[axis];
  }

  /** Returns where rows lie, shape (rows, 2). */
  double[][] project(RecordTable table) {
    double[][] rows = rows(table);
    double[][] places = new double[rows.length][2];
    for (int row = 0; row < rows.length; row++) {
      for (int axis = 0; axis < 2; axis++) {
        for (int i = 0; i < means.length; i++) {
          places[row][axis] += (rows[row][i] - means[i]) * axes[axis][i];
        }
      }
    }
    return places;
  }
}
