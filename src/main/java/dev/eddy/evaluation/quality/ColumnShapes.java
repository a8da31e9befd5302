package dev.eddy.evaluation.quality;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How alike one column is in two samples, in [0, 1], 1 for equal: what SDMetrics calls column
 * shape.
 */
final class ColumnShapes {
  private ColumnShapes() {}

  /**
   * Returns 1 - the Kolmogorov-Smirnov statistic. A missing value counts as one below all others,
   * so that a wrong share of missing values shows.
   */
  static double numbers(double[] a, double[] b) {
    double[] sortedA = sorted(a);
    double[] sortedB = sorted(b);
    double statistic = 0;
    int i = 0;
    int j = 0;
    while (i < sortedA.length && j < sortedB.length) {
      double value = Math.min(sortedA[i], sortedB[j]);
      while (i < sortedA.length && sortedA[i] == value) {
        i++;
      }
      while (j < sortedB.length && sortedB[j] == value) {
        j++;
      }
      double distance = Math.abs((double) i / sortedA.length - (double) j / sortedB.length);
      statistic = Math.max(statistic, distance);
    }
    return 1 - statistic;
  }

  private static double[] sorted(double[] values) {
    double[] sorted = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      sorted[i] = Double.isNaN(values[i]) ? Double.NEGATIVE_INFINITY : values[i] + 0.0;
    }
    Arrays.sort(sorted);
    return sorted;
  }

  /** Returns 1 - the total variation distance; missing is a value like others. */
  static double categories(@Nullable String[] a, @Nullable String[] b) {
    Map<@Nullable String, Double> differences = new HashMap<>();
    for (String value : a) {
      differences.merge(value, 1.0 / a.length, Double::sum);
    }
    for (String value : b) {
      differences.merge(value, -1.0 / b.length, Double::sum);
    }
    return 1 - differences.values().stream().mapToDouble(Math::abs).sum() / 2;
  }
}
