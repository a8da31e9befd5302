package dev.eddy.drift;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The distribution of one feature in the reference.
 *
 * <p>An effect counts from a PSI of {@value #LEAST_PSI}, the usual bound of practice, or a distance
 * of {@value #LEAST_KS}; where stretches of the reference itself differ more from the whole, as by
 * the time of day, only from half as much again.
 *
 * @param name the feature's name
 * @param values a sample of a number's values, ascending; empty for a category
 * @param edges upper edges of a number's bins, ascending, the last bin open; empty for a category
 * @param categories a category's frequent values in order; empty for a number
 * @param counts reference rows by bin: a number's bins or the frequent values, then what is none of
 *     them, then what is missing
 * @param usualPsi the largest PSI of a stretch of the reference against the whole, beyond chance
 * @param usualKs the largest distance of a stretch, beyond chance
 */
@SuppressWarnings("ArrayRecordComponent") // one per feature of a model; equality is never asked
record Marginal(
    String name,
    double[] values,
    double[] edges,
    List<String> categories,
    long[] counts,
    double usualPsi,
    double usualKs) {
  static final double LEAST_PSI = 0.2;
  static final double LEAST_KS = 0.12;
  private static final double MOST_PSI = 2;
  private static final double MOST_KS = 0.6;
  private static final double MORE_THAN_USUAL = 1.5;
  private static final double ACCIDENT = 0.001;

  /** What chance alone adds to a stretch's PSI and distance, in one of a hundred stretches. */
  private static final double CHANCE_PSI = 2.3;

  private static final double CHANCE_KS = 1.63;
  private static final int BINS = 10;
  private static final int MOST_VALUES = 500;
  private static final int MOST_CATEGORIES = 30;
  private static final int STRETCHES = 10;
  private static final int FEWEST_IN_STRETCH = 100;
  private static final int FEWEST_KNOWN = 10;

  /** The values of one feature over some records: numbers, NaN where missing, or categories. */
  record Column(String name, double[] numbers, @Nullable String[] categories) {
    int rows() {
      return Math.max(numbers.length, categories.length);
    }

    boolean isNumber() {
      return categories.length == 0;
    }

    Column range(int from, int to) {
      return isNumber()
          ? new Column(name, Arrays.copyOfRange(numbers, from, to), categories)
          : new Column(name, numbers, Arrays.copyOfRange(categories, from, to));
    }

    double[] sorted() {
      return Arrays.stream(numbers).filter(value -> !Double.isNaN(value)).sorted().toArray();
    }
  }

  /**
   * Describes a column.
   *
   * @param column in the order of time, so that stretches of it are stretches of time
   */
  static Marginal of(Column column) {
    double[] sorted = column.sorted();
    double[] edges = column.isNumber() ? edges(sorted) : new double[0];
    List<String> categories = column.isNumber() ? List.of() : frequent(column.categories());
    var plain = new Marginal(column.name(), thin(sorted), edges, categories, new long[0], 0, 0);
    plain =
        new Marginal(column.name(), plain.values, edges, categories, plain.histogram(column), 0, 0);
    double usualPsi = 0;
    double usualKs = 0;
    if (column.rows() >= STRETCHES * FEWEST_IN_STRETCH) {
      for (int stretch = 0; stretch < STRETCHES; stretch++) {
        int from = stretch * column.rows() / STRETCHES;
        int to = (stretch + 1) * column.rows() / STRETCHES;
        Column part = column.range(from, to);
        Drift drift = plain.compare(part);
        usualPsi = Math.max(usualPsi, drift.psi() - CHANCE_PSI * plain.counts.length / (to - from));
        usualKs = Math.max(usualKs, beyondChance(drift.ks(), part));
      }
    }
    return new Marginal(
        column.name(), plain.values, edges, categories, plain.counts, usualPsi, usualKs);
  }

  /**
   * Returns what a stretch's distance is beyond chance. A distance of values tells of those alone
   * that are there; of hardly any it tells nothing. Where there is none, the distance is that of
   * all rows.
   */
  private static double beyondChance(double ks, Column stretch) {
    int known = stretch.sorted().length;
    if (known > 0 && known < FEWEST_KNOWN) {
      return 0;
    }
    return ks - CHANCE_KS / Math.sqrt(known > 0 ? known : stretch.rows());
  }

  private static double[] edges(double[] sorted) {
    return IntStream.range(1, BINS)
        .mapToDouble(bin -> sorted.length == 0 ? 0 : sorted[bin * sorted.length / BINS])
        .distinct()
        .toArray();
  }

  private static double[] thin(double[] sorted) {
    if (sorted.length <= MOST_VALUES) {
      return sorted;
    }
    double[] thinned = new double[MOST_VALUES];
    Arrays.setAll(thinned, i -> sorted[(int) ((i + 0.5) * sorted.length / MOST_VALUES)]);
    return thinned;
  }

  private static List<String> frequent(@Nullable String[] values) {
    Map<String, Integer> counts = new HashMap<>();
    for (String value : values) {
      if (value != null) {
        counts.merge(value, 1, Integer::sum);
      }
    }
    return counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(MOST_CATEGORIES)
        .map(Map.Entry::getKey)
        .toList();
  }

  private long[] histogram(Column column) {
    int known = column.isNumber() ? edges.length : categories.size();
    long[] bins = new long[known + 2];
    for (int row = 0; row < column.rows(); row++) {
      bins[bin(column, row, known)]++;
    }
    return bins;
  }

  private int bin(Column column, int row, int known) {
    if (column.isNumber()) {
      double value = column.numbers()[row];
      if (Double.isNaN(value)) {
        return known + 1;
      }
      int found = Arrays.binarySearch(edges, value);
      return found >= 0 ? found : -found - 1;
    }
    String value = column.categories()[row];
    int found = value == null ? known + 1 : categories.indexOf(value);
    return found < 0 ? known : found;
  }

  /** Compares a column with this. */
  Drift compare(Column column) {
    long[] current = histogram(column);
    double rows = DriftStatistics.sum(counts);
    double psi = DriftStatistics.psi(counts, current);
    double psiPValue = DriftStatistics.psiPValue(psi, occupied(current), rows, column.rows());
    double[] sorted = column.sorted();
    boolean numeric = column.isNumber() && sorted.length > 0 && values.length > 0;
    double ks =
        numeric
            ? DriftStatistics.ks(values, sorted)
            : DriftStatistics.totalVariation(counts, current);
    double ksPValue = numeric ? DriftStatistics.ksPValue(ks, known(), sorted.length) : psiPValue;
    double psiLimit = Math.min(MOST_PSI, Math.max(LEAST_PSI, MORE_THAN_USUAL * usualPsi));
    double ksLimit = Math.min(MOST_KS, Math.max(LEAST_KS, MORE_THAN_USUAL * usualKs));
    boolean drifted =
        (psi >= psiLimit && psiPValue < ACCIDENT) || (ks >= ksLimit && ksPValue < ACCIDENT);
    double pValue = Math.min(psiPValue, ksPValue);
    return new Drift(false, name, column.rows(), psi, ks, pValue, psiLimit, ksLimit, drifted);
  }

  /** Returns how many rows of the reference have a value: all but those of the last bin. */
  private double known() {
    return DriftStatistics.sum(counts) - counts[counts.length - 1];
  }

  /** Bins that no record has ever been in tell nothing. */
  private int occupied(long[] current) {
    int bins = 0;
    for (int bin = 0; bin < counts.length; bin++) {
      bins += counts[bin] + current[bin] > 0 ? 1 : 0;
    }
    return bins;
  }
}
