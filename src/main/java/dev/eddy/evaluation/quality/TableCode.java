package dev.eddy.evaluation.quality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How tables become numbers, fitted on real training rows: categories by the rank of their
 * frequency, or as one-hot beside standardised numbers. Values that the training rows do not have
 * are missing, or none of the one-hot.
 */
public final class TableCode {
  private static final int MOST_CODES = 200;
  private static final int MOST_ONE_HOT = 30;

  private final List<String> classes;
  private final int numbers;
  private final List<Map<String, Integer>> codes = new ArrayList<>();
  private final double[] means;
  private final double[] deviations;

  /** Learns frequent values, means and deviations. */
  public TableCode(RecordTable training) {
    this.classes = training.classes();
    this.numbers = training.numberNames().size();
    for (int column = 0; column < training.categoryNames().size(); column++) {
      codes.add(codesOf(training, column));
    }
    this.means = new double[numbers];
    this.deviations = new double[numbers];
    for (int i = 0; i < numbers; i++) {
      int column = i;
      double[] known =
          Arrays.stream(training.numbers())
              .mapToDouble(row -> row[column])
              .filter(value -> !Double.isNaN(value))
              .toArray();
      double mean = Arrays.stream(known).average().orElse(0);
      means[i] = mean;
      deviations[i] =
          Math.sqrt(Arrays.stream(known).map(v -> (v - mean) * (v - mean)).average().orElse(0));
    }
  }

  private static Map<String, Integer> codesOf(RecordTable training, int column) {
    Map<String, Integer> counts = new HashMap<>();
    for (@Nullable String[] row : training.categories()) {
      String value = row[column];
      if (value != null) {
        counts.merge(value, 1, Integer::sum);
      }
    }
    Map<String, Integer> codes = new HashMap<>();
    counts.entrySet().stream()
        .sorted(
            Comparator.comparing((Map.Entry<String, Integer> entry) -> -entry.getValue())
                .thenComparing(Map.Entry::getKey))
        .limit(MOST_CODES)
        .forEach(entry -> codes.put(entry.getKey(), codes.size()));
    return codes;
  }

  /** Returns the classes, in order. */
  List<String> classes() {
    return classes;
  }

  /** Returns rows for trees; rows of classes that training does not have get class -1. */
  public EncodedRows encode(RecordTable table) {
    int columns = table.columns();
    float[] cells = new float[table.rows() * columns];
    for (int row = 0; row < table.rows(); row++) {
      int start = row * columns;
      for (int i = 0; i < numbers; i++) {
        cells[start + i] = (float) table.numbers()[row][i];
      }
      for (int i = numbers; i < columns; i++) {
        Integer code = codes.get(i - numbers).get(table.categories()[row][i - numbers]);
        cells[start + i] = code == null ? Float.NaN : code;
      }
    }
    return new EncodedRows(columns, numbers, cells, classesOf(table), classes.size());
  }

  private int[] classesOf(RecordTable table) {
    return Arrays.stream(table.labels()).mapToInt(classes::indexOf).toArray();
  }

  /** Returns the width of {@link #oneHot}. */
  public int width() {
    return numbers + codes.stream().mapToInt(some -> Math.min(MOST_ONE_HOT, some.size()) + 1).sum();
  }

  /** Returns how many of the places of {@link #oneHot} are numbers; they come first. */
  public int numbers() {
    return numbers;
  }

  /**
   * Returns rows of standardised numbers, missing as 0, and one-hot categories: the most frequent
   * values, then one place for all others and missing.
   */
  public double[][] oneHot(RecordTable table) {
    double[][] rows = new double[table.rows()][width()];
    for (int row = 0; row < rows.length; row++) {
      for (int i = 0; i < numbers; i++) {
        double value = (table.numbers()[row][i] - means[i]) / deviations[i];
        rows[row][i] = Double.isFinite(value) ? value : 0;
      }
      int place = numbers;
      for (int i = 0; i < codes.size(); i++) {
        int kept = Math.min(MOST_ONE_HOT, codes.get(i).size());
        Integer code = codes.get(i).get(table.categories()[row][i]);
        rows[row][place + (code == null ? kept : Math.min(code, kept))] = 1;
        place += kept + 1;
      }
    }
    return rows;
  }
}
