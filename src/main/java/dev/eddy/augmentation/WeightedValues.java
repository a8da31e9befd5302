package dev.eddy.augmentation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Finite values in ascending order, each with a weight. */
final class WeightedValues {
  private record Run(double value, int count, double weight) {}

  private final double[] values;
  private final double[] weights;

  private WeightedValues(double[] values, double[] weights) {
    this.values = values;
    this.weights = weights;
  }

  /** Sorts the values and leaves out NaN. */
  static WeightedValues of(double[] cells, double[] weights) {
    int[] order =
        IntStream.range(0, cells.length)
            .filter(i -> !Double.isNaN(cells[i]))
            .boxed()
            .sorted(Comparator.comparingDouble(i -> cells[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    return new WeightedValues(
        // + 0.0: no negative zero, which would not equal 0 in a search
        Arrays.stream(order).mapToDouble(i -> cells[i] + 0.0).toArray(),
        Arrays.stream(order).mapToDouble(i -> weights[i]).toArray());
  }

  int count() {
    return values.length;
  }

  /**
   * Returns the values that stand out: with at most {@code fewDistinct} distinct values each that
   * has enough rows, else those of at least this share of the weight, largest first.
   */
  double[] spikes(int fewDistinct, int most, double share, int rows) {
    List<Run> runs = new ArrayList<>();
    double total = 0;
    for (int start = 0, end; start < values.length; start = end) {
      double weight = 0;
      for (end = start; end < values.length && values[end] == values[start]; end++) {
        weight += weights[end];
      }
      runs.add(new Run(values[start], end - start, weight));
      total += weight;
    }
    boolean few = runs.size() <= fewDistinct;
    double least = few ? 0 : share * total;
    return runs.stream()
        .filter(run -> run.count() >= rows && run.weight() >= least)
        .sorted(Comparator.comparingDouble(run -> -run.weight()))
        .limit(few ? runs.size() : most)
        .mapToDouble(Run::value)
        .sorted()
        .toArray();
  }

  /** Leaves out some values, given in ascending order. */
  WeightedValues without(double[] left) {
    int[] kept =
        IntStream.range(0, values.length)
            .filter(i -> Arrays.binarySearch(left, values[i]) < 0)
            .toArray();
    return new WeightedValues(
        Arrays.stream(kept).mapToDouble(i -> values[i]).toArray(),
        Arrays.stream(kept).mapToDouble(i -> weights[i]).toArray());
  }

  /** Replaces the smallest and the largest values by their means. */
  WeightedValues averagingEnds(int count) {
    int ends = Math.min(count, values.length);
    double[] averaged = values.clone();
    average(averaged, 0, ends);
    average(averaged, values.length - ends, values.length);
    return new WeightedValues(averaged, weights);
  }

  private static void average(double[] values, int from, int to) {
    double mean = Arrays.stream(values, from, to).average().orElse(0);
    Arrays.fill(values, from, to, mean);
  }

  /** Returns quantiles at equidistant ranks from 0 to 1; empty if there are no values. */
  double[] quantiles(int points) {
    if (values.length == 0) {
      return new double[0];
    }
    double total = Arrays.stream(weights).sum();
    double[] quantiles = new double[points];
    int next = 0;
    double before = 0; // weight before values[next]
    for (int point = 0; point < points; point++) {
      double wanted = total * point / (points - 1);
      while (next < values.length && before + weights[next] / 2 < wanted) {
        before += weights[next];
        next++;
      }
      quantiles[point] = between(next, before, wanted);
    }
    return quantiles;
  }

  /** Interpolates between the middles of the two steps around the wanted weight. */
  private double between(int next, double before, double wanted) {
    if (next == 0) {
      return values[0];
    }
    if (next == values.length) {
      return values[next - 1];
    }
    double left = before - weights[next - 1] / 2;
    double right = before + weights[next] / 2;
    double share = (wanted - left) / (right - left);
    return values[next - 1] + share * (values[next] - values[next - 1]);
  }
}
