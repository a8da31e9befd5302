package dev.eddy.evaluation.quality;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How far rows are from the nearest row of a table: the sum over columns of the difference in
 * standard deviations, at most 1, for numbers and of 0 or 1 for categories; missing against a
 * number counts 1. The class does not count.
 */
public final class NearestRows {
  private final int numbers;
  private final int columns;
  private final double[] scales;
  private final List<Map<@Nullable String, Integer>> codes;
  private final float[] cells; // numbers in deviations, then codes; row-major

  /**
   * Rows to be near to.
   *
   * @param rows of the same columns as all others
   * @param scale whose deviations are the units
   */
  public NearestRows(RecordTable rows, RecordTable scale) {
    this.numbers = rows.numberNames().size();
    this.columns = rows.columns();
    this.scales = IntStream.range(0, numbers).mapToDouble(i -> deviation(scale, i)).toArray();
    this.codes =
        IntStream.range(numbers, columns)
            .<Map<@Nullable String, Integer>>mapToObj(i -> new HashMap<>())
            .toList();
    this.cells = encode(rows);
  }

  private static double deviation(RecordTable table, int column) {
    double[] values =
        Arrays.stream(table.numbers())
            .mapToDouble(row -> row[column])
            .filter(Double::isFinite)
            .toArray();
    double mean = Arrays.stream(values).average().orElse(0);
    double variance = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElse(0);
    return Math.sqrt(variance);
  }

  private float[] encode(RecordTable rows) {
    float[] encoded = new float[rows.rows() * columns];
    for (int row = 0; row < rows.rows(); row++) {
      int start = row * columns;
      for (int i = 0; i < numbers; i++) {
        double value = rows.numbers()[row][i];
        encoded[start + i] = (float) (scales[i] > 0 ? value / scales[i] : value * 1e9);
      }
      for (int i = numbers; i < columns; i++) {
        Map<@Nullable String, Integer> known = codes.get(i - numbers);
        String value = rows.categories()[row][i - numbers];
        Integer code = known.get(value);
        if (code == null) {
          code = known.size();
          known.put(value, code);
        }
        encoded[start + i] = code;
      }
    }
    return encoded;
  }

  /** Returns the distance of each row to the nearest. */
  public double[] distances(RecordTable rows) {
    float[] asked = encode(rows);
    double[] distances = new double[rows.rows()];
    for (int row = 0; row < distances.length; row++) {
      float nearest = Float.POSITIVE_INFINITY;
      for (int other = 0; other < cells.length; other += columns) {
        nearest = Math.min(nearest, distance(asked, row * columns, other, nearest));
      }
      distances[row] = nearest;
    }
    return distances;
  }

  /** Returns the distance of at most so many of its own rows to the nearest other one. */
  double[] distancesBetween(int most) {
    int rows = cells.length / columns;
    double[] distances = new double[Math.min(most, rows)];
    for (int i = 0; i < distances.length; i++) {
      int own = (int) ((long) i * rows / distances.length) * columns;
      float nearest = Float.POSITIVE_INFINITY;
      for (int other = 0; other < cells.length; other += columns) {
        nearest = other == own ? nearest : Math.min(nearest, distance(cells, own, other, nearest));
      }
      distances[i] = nearest;
    }
    return distances;
  }

  /** Stops early where it is no longer the nearest. */
  private float distance(float[] asked, int from, int other, float most) {
    float sum = 0;
    for (int i = numbers; i < columns; i++) {
      sum += asked[from + i] == cells[other + i] ? 0 : 1;
    }
    for (int i = 0; i < numbers && sum < most; i++) {
      float a = asked[from + i];
      float b = cells[other + i];
      float difference = Math.abs(a - b);
      if (difference > 0) {
        sum += Math.min(1, difference);
      } else if (Float.isNaN(difference)) {
        sum += Float.isNaN(a) && Float.isNaN(b) ? 0 : 1;
      }
    }
    return sum;
  }
}
