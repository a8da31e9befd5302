package dev.eddy.cli.synthesize.report;

import dev.eddy.evaluation.quality.RecordTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How strongly columns go together, in pairs: Spearman's rank correlation of two numbers, in [-1,
 * 1]; the correlation ratio of a number's ranks with a category, and Cramér's V of two categories,
 * in [0, 1]. Missing is a category of its own, and the lowest rank.
 */
final class Association {
  private Association() {}

  /** Returns the names of the columns that are compared: the first so many. */
  static List<String> names(RecordTable table, int most) {
    List<String> names = new ArrayList<>(table.numberNames());
    names.addAll(table.categoryNames());
    names.add("(class)");
    return names.size() <= most ? names : names.subList(0, most);
  }

  /** Returns the matrix of these columns, symmetric, 1 on the diagonal. */
  static double[][] matrix(RecordTable table, int columns) {
    int numbers = Math.min(columns, table.numberNames().size());
    double[][] ranks = new double[numbers][];
    for (int i = 0; i < numbers; i++) {
      ranks[i] = ranks(column(table, i));
    }
    int[][] codes = new int[columns - numbers][];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = codes(table, i);
    }
    double[][] matrix = new double[columns][columns];
    for (int i = 0; i < columns; i++) {
      matrix[i][i] = 1;
      for (int j = 0; j < i; j++) {
        double value =
            i < numbers
                ? correlation(ranks[i], ranks[j])
                : j < numbers
                    ? ratio(codes[i - numbers], ranks[j])
                    : cramer(codes[i - numbers], codes[j - numbers]);
        matrix[i][j] = value;
        matrix[j][i] = value;
      }
    }
    return matrix;
  }

  static double[] column(RecordTable table, int number) {
    return Arrays.stream(table.numbers()).mapToDouble(row -> row[number]).toArray();
  }

  private static double[] ranks(double[] values) {
    double[] known = new double[values.length];
    Arrays.setAll(known, i -> Double.isNaN(values[i]) ? Double.NEGATIVE_INFINITY : values[i]);
    double[] sorted = known.clone();
    Arrays.sort(sorted);
    Map<Double, Double> ranks = new HashMap<>();
    for (int start = 0; start < sorted.length; ) {
      int end = start;
      while (end < sorted.length && sorted[end] == sorted[start]) {
        end++;
      }
      ranks.put(sorted[start], (start + end - 1) / 2.0);
      start = end;
    }
    return Arrays.stream(known).map(v -> ranks.getOrDefault(v, 0.0)).toArray();
  }

  /** Numbers the values of a category; the one behind the last is the class. */
  private static int[] codes(RecordTable table, int category) {
    Map<@Nullable String, Integer> numbers = new HashMap<>();
    int[] codes = new int[table.rows()];
    for (int row = 0; row < codes.length; row++) {
      String value =
          category < table.categoryNames().size()
              ? table.categories()[row][category]
              : table.labels()[row];
      Integer code = numbers.get(value);
      if (code == null) {
        code = numbers.size();
        numbers.put(value, code);
      }
      codes[row] = code;
    }
    return codes;
  }

  private static double correlation(double[] a, double[] b) {
    double meanA = Arrays.stream(a).average().orElse(0);
    double meanB = Arrays.stream(b).average().orElse(0);
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += (a[i] - meanA) * (b[i] - meanB);
      aa += (a[i] - meanA) * (a[i] - meanA);
      bb += (b[i] - meanB) * (b[i] - meanB);
    }
    return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
  }

  /** The share of the variance between the groups, as its root; less what chance gives. */
  private static double ratio(int[] groups, double[] values) {
    int number = Arrays.stream(groups).max().orElse(0) + 1;
    double[] sums = new double[number];
    double[] counts = new double[number];
    double mean = Arrays.stream(values).average().orElse(0);
    double all = 0;
    for (int i = 0; i < groups.length; i++) {
      sums[groups[i]] += values[i] - mean;
      counts[groups[i]]++;
      all += (values[i] - mean) * (values[i] - mean);
    }
    double between = 0;
    for (int group = 0; group < number; group++) {
      between += counts[group] > 0 ? sums[group] * sums[group] / counts[group] : 0;
    }
    double within = Math.max(1, groups.length - number);
    double adjusted = all > 0 ? 1 - (1 - between / all) * (groups.length - 1) / within : 0;
    return Math.sqrt(Math.max(0, adjusted));
  }

  /** Cramér's V with Bergsma's correction (2013) for what chance gives. */
  private static double cramer(int[] a, int[] b) {
    int rows = Arrays.stream(a).max().orElse(0) + 1;
    int columns = Arrays.stream(b).max().orElse(0) + 1;
    double n = a.length;
    if (n < 2) {
      return 0;
    }
    Map<Long, Integer> cells = new HashMap<>();
    double[] rowSums = new double[rows];
    double[] columnSums = new double[columns];
    for (int i = 0; i < n; i++) {
      cells.merge((long) a[i] * columns + b[i], 1, Integer::sum);
      rowSums[a[i]]++;
      columnSums[b[i]]++;
    }
    double chi = 0;
    for (Map.Entry<Long, Integer> cell : cells.entrySet()) {
      double expected =
          rowSums[(int) (cell.getKey() / columns)]
              * columnSums[(int) (cell.getKey() % columns)]
              / n;
      chi += cell.getValue() * (double) cell.getValue() / expected;
    }
    double phi = chi / n - 1; // sum of observed^2 / expected, less n, over n
    double corrected = Math.max(0, phi - (rows - 1) * (columns - 1) / (n - 1));
    double r = rows - (rows - 1) * (rows - 1) / (n - 1);
    double c = columns - (columns - 1) * (columns - 1) / (n - 1);
    double most = Math.min(r, c) - 1;
    return most > 0 ? Math.sqrt(Math.min(1, corrected / most)) : 0;
  }
}
