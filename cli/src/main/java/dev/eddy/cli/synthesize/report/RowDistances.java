package dev.eddy.cli.synthesize.report;

import dev.eddy.evaluation.quality.RecordTable;
import java.util.Objects;

/**
 * How far rows are from the nearest of some real rows: over columns, the difference in standard
 * deviations, at most 1, for numbers, and 0 or 1 for categories.
 */
final class RowDistances {
  private final RecordTable training;
  private final double[] scales;

  RowDistances(RecordTable training) {
    this.training = training;
    this.scales = new double[training.numberNames().size()];
    for (int i = 0; i < scales.length; i++) {
      double[] values = Association.column(training, i);
      double mean = 0;
      int known = 0;
      for (double value : values) {
        mean += Double.isNaN(value) ? 0 : value;
        known += Double.isNaN(value) ? 0 : 1;
      }
      mean /= Math.max(1, known);
      double squares = 0;
      for (double value : values) {
        squares += Double.isNaN(value) ? 0 : (value - mean) * (value - mean);
      }
      scales[i] = Math.sqrt(squares / Math.max(1, known));
    }
  }

  /** Returns the distance of each row to its nearest training row. */
  double[] nearest(RecordTable rows) {
    double[] nearest = new double[rows.rows()];
    for (int i = 0; i < nearest.length; i++) {
      double best = Double.POSITIVE_INFINITY;
      for (int j = 0; j < training.rows(); j++) {
        best = Math.min(best, distance(rows, i, j, best));
      }
      nearest[i] = best;
    }
    return nearest;
  }

  private double distance(RecordTable rows, int row, int other, double enough) {
    double sum = 0;
    for (int i = 0; i < scales.length && sum < enough; i++) {
      double a = rows.numbers()[row][i];
      double b = training.numbers()[other][i];
      if (a != b && !(Double.isNaN(a) && Double.isNaN(b))) {
        double difference = Math.abs(a - b) / scales[i];
        sum += difference < 1 ? difference : 1; // also where one is missing
      }
    }
    for (int i = 0; i < training.categoryNames().size() && sum < enough; i++) {
      boolean same = Objects.equals(rows.categories()[row][i], training.categories()[other][i]);
      sum += same ? 0 : 1;
    }
    return sum;
  }
}
