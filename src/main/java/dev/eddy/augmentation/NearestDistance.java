package dev.eddy.augmentation;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * How far rows are from the nearest of some training rows: the sum over columns of the difference
 * in standard deviations, at most 1, for numbers and of 0 or 1 for categories; missing against a
 * number counts 1. The entity does not count.
 */
final class NearestDistance {
  private final List<SyntheticRow> training;
  private final double[] scales;

  NearestDistance(List<SyntheticRow> training) {
    this.training = training;
    this.scales = new double[training.get(0).numbers().length];
    for (int i = 0; i < scales.length; i++) {
      scales[i] = deviation(i);
    }
  }

  private double deviation(int column) {
    double[] values =
        training.stream()
            .mapToDouble(row -> row.numbers()[column])
            .filter(Double::isFinite)
            .toArray();
    double mean = Arrays.stream(values).average().orElse(0);
    double variance = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElse(0);
    return Math.sqrt(variance);
  }

  /** Returns the median over rows of the distance to the nearest training row. */
  double median(List<SyntheticRow> rows) {
    double[] nearest = rows.stream().mapToDouble(this::nearest).sorted().toArray();
    return nearest[nearest.length / 2];
  }

  private double nearest(SyntheticRow row) {
    double nearest = Double.POSITIVE_INFINITY;
    for (SyntheticRow other : training) {
      nearest = Math.min(nearest, distance(row, other));
    }
    return nearest;
  }

  private double distance(SyntheticRow a, SyntheticRow b) {
    double sum = 0;
    for (int i = 0; i < scales.length; i++) {
      double difference = Math.abs(a.numbers()[i] - b.numbers()[i]);
      if (Double.isNaN(difference)) {
        sum += Double.isNaN(a.numbers()[i]) == Double.isNaN(b.numbers()[i]) ? 0 : 1;
      } else if (difference > 0) {
        sum += Math.min(1, difference / scales[i]); // 1 where the scale is 0
      }
    }
    for (int i = 0; i < a.categories().length; i++) {
      sum += Objects.equals(a.categories()[i], b.categories()[i]) ? 0 : 1;
    }
    return sum;
  }
}
