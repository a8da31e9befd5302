package dev.eddy.evaluation.quality;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How alike pairs of columns are in two tables, as SDMetrics defines it: for two numbers 1 - half
 * the difference of their Pearson correlations; for all other pairs 1 - the total variation
 * distance of their joint shares, numbers cut into {@value #BINS} bins of equal width over the
 * first table's range. A pair without a correlation, since a number is constant, does not count.
 */
final class PairTrends {
  private static final int BINS = 10;

  private final RecordTable a;
  private final RecordTable b;
  private final int numbers;
  private final List<int[][]> codes = new ArrayList<>(); // by column: codes in a and in b
  private final List<Integer> codeCounts = new ArrayList<>();

  /** The two tables; the first is real. */
  PairTrends(RecordTable a, RecordTable b) {
    this.a = a;
    this.b = b;
    this.numbers = a.numberNames().size();
    for (int column = 0; column < a.columns(); column++) {
      if (column < numbers) {
        codeNumber(column);
      } else {
        codeCategory(column - numbers);
      }
    }
  }

  private void codeNumber(int column) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double[] row : a.numbers()) {
      if (!Double.isNaN(row[column])) {
        low = Math.min(low, row[column]);
        high = Math.max(high, row[column]);
      }
    }
    int[][] both = new int[2][];
    double width = high > low ? (high - low) / BINS : 1;
    for (int table = 0; table < 2; table++) {
      double[][] rows = (table == 0 ? a : b).numbers();
      both[table] = new int[rows.length];
      for (int row = 0; row < rows.length; row++) {
        double value = rows[row][column];
        both[table][row] =
            Double.isNaN(value)
                ? BINS
                : Math.max(0, Math.min(BINS - 1, (int) Math.floor((value - low) / width)));
      }
    }
    codes.add(both);
    codeCounts.add(BINS + 1);
  }

  private void codeCategory(int column) {
    Map<@Nullable String, Integer> known = new HashMap<>();
    int[][] both = new int[2][];
    for (int table = 0; table < 2; table++) {
      @Nullable String[][] rows = (table == 0 ? a : b).categories();
      both[table] = new int[rows.length];
      for (int row = 0; row < rows.length; row++) {
        Integer code = known.get(rows[row][column]);
        if (code == null) {
          code = known.size();
          known.put(rows[row][column], code);
        }
        both[table][row] = code;
      }
    }
    codes.add(both);
    codeCounts.add(known.size());
  }

  /** Returns the mean over all pairs; NaN where there is no pair. */
  double mean() {
    return means()[a.columns()];
  }

  /** Returns the mean over the pairs of each column. */
  Map<String, Double> byColumn() {
    double[] means = means();
    Map<String, Double> byColumn = new TreeMap<>();
    for (int column = 0; column < a.columns(); column++) {
      if (!Double.isNaN(means[column])) {
        byColumn.put(name(column), means[column]);
      }
    }
    return byColumn;
  }

  private String name(int column) {
    return column < numbers ? a.numberNames().get(column) : a.categoryNames().get(column - numbers);
  }

  /** Returns the mean by column and, last, over all pairs. */
  private double[] means() {
    int columns = a.columns();
    double[] sums = new double[columns + 1];
    int[] counts = new int[columns + 1];
    for (int i = 0; i < columns; i++) {
      for (int j = 0; j < i; j++) {
        double likeness = i < numbers ? correlationSimilarity(i, j) : contingencySimilarity(i, j);
        if (!Double.isNaN(likeness)) {
          for (int place : new int[] {i, j, columns}) {
            sums[place] += likeness;
            counts[place]++;
          }
        }
      }
    }
    for (int i = 0; i <= columns; i++) {
      sums[i] /= counts[i]; // NaN where there is none
    }
    return sums;
  }

  private double correlationSimilarity(int i, int j) {
    return 1 - Math.abs(correlation(a.numbers(), i, j) - correlation(b.numbers(), i, j)) / 2;
  }

  private static double correlation(double[][] rows, int i, int j) {
    double count = 0;
    double meanX = 0;
    double meanY = 0;
    for (double[] row : rows) {
      if (!Double.isNaN(row[i]) && !Double.isNaN(row[j])) {
        count++;
        meanX += row[i];
        meanY += row[j];
      }
    }
    meanX /= count;
    meanY /= count;
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (double[] row : rows) {
      if (!Double.isNaN(row[i]) && !Double.isNaN(row[j])) {
        double x = row[i] - meanX;
        double y = row[j] - meanY;
        xx += x * x;
        yy += y * y;
        xy += x * y;
      }
    }
    return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : Double.NaN;
  }

  private double contingencySimilarity(int i, int j) {
    JointCells cells = new JointCells(codeCounts.get(i), codeCounts.get(j), a.rows() + b.rows());
    double[] differences = new double[cells.most()];
    for (int table = 0; table < 2; table++) {
      int[] x = codes.get(i)[table];
      int[] y = codes.get(j)[table];
      double share = (table == 0 ? 1.0 : -1.0) / x.length;
      for (int row = 0; row < x.length; row++) {
        differences[cells.of(x[row], y[row])] += share;
      }
    }
    double distance = 0;
    for (double difference : differences) {
      distance += Math.abs(difference);
    }
    return 1 - distance / 2;
  }

  /**
   * Places of pairs of codes. Where there could be more pairs than rows, as of two columns of
   * identifiers, only those that come are counted: there are never more of them than rows.
   */
  private static final class JointCells {
    private final int width;
    private final int most;
    private final @Nullable Map<Long, Integer> met; // null where every pair has its place

    JointCells(int height, int width, int rows) {
      long pairs = (long) height * width;
      this.width = width;
      this.most = (int) Math.min(pairs, rows);
      this.met = pairs > rows ? new HashMap<>() : null;
    }

    int most() {
      return most;
    }

    int of(int x, int y) {
      if (met == null) {
        return x * width + y;
      }
      Integer place = met.putIfAbsent((long) x * width + y, met.size());
      return place == null ? met.size() - 1 : place;
    }
  }
}
