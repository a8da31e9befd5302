package dev.eddy.cli.synthesize.report;

import dev.eddy.algebra.Covariance;
import dev.eddy.algebra.SymmetricMatrix;
import dev.eddy.evaluation.quality.RecordTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The first two principal components of real rows, and where rows lie in them. Numbers are
 * standardized, with the mean where they are missing, and cut at 4 deviations; categories are a
 * cell for each of their most frequent values, so scaled that all columns weigh alike.
 */
final class PrincipalComponents {
  private static final int MOST_VALUES = 12;
  private static final int AXES = 2;
  private static final double CUT = 4;

  private final List<Cell> cells = new ArrayList<>();
  private final double[] means;
  private final double[][] axes;
  private final double[] explained = new double[AXES];

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
    SymmetricMatrix parts = SymmetricMatrix.decompose(Covariance.of(rows, means));
    double total = Arrays.stream(parts.values()).sum();
    this.axes = new double[AXES][means.length];
    for (int axis = 0; axis < Math.min(AXES, means.length); axis++) {
      axes[axis] = parts.vectors()[axis];
      explained[axis] = total > 0 ? parts.values()[axis] / total : 0;
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

  /** Returns the share of the variance along the first or the second axis. */
  double explained(int axis) {
    return explained[axis];
  }

  /** Returns where rows lie, shape (rows, 2). */
  double[][] project(RecordTable table) {
    double[][] rows = rows(table);
    double[][] places = new double[rows.length][AXES];
    for (int row = 0; row < rows.length; row++) {
      for (int axis = 0; axis < AXES; axis++) {
        for (int i = 0; i < means.length; i++) {
          places[row][axis] += (rows[row][i] - means[i]) * axes[axis][i];
        }
      }
    }
    return places;
  }
}
