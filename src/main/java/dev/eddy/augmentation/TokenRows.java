package dev.eddy.augmentation;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Training records as tokens, by class.
 *
 * @param encoder whose tokens they are
 * @param classes names, in order
 * @param rows for each class its records, each with one token for each column
 */
@SuppressWarnings("ArrayRecordComponent") // one per training; equality is never asked
record TokenRows(TokenEncoder encoder, List<String> classes, int[][][] rows) {

  /** Encodes the records of each class. */
  static TokenRows of(
      TokenEncoder encoder, List<String> classes, List<List<SyntheticRow>> records) {
    int[][][] rows =
        records.stream()
            .map(some -> some.stream().map(encoder::encode).toArray(int[][]::new))
            .toArray(int[][][]::new);
    return new TokenRows(encoder, List.copyOf(classes), rows);
  }

  /** Returns the first classes only. */
  TokenRows first(int number) {
    return new TokenRows(encoder, classes.subList(0, number), Arrays.copyOf(rows, number));
  }

  /** Returns the number of records of a class. */
  int count(int labelClass) {
    return rows[labelClass].length;
  }

  /**
   * Returns the share of each token of each column, by class; sums to 1 by column. A class's counts
   * are joined by one row more with the mean shares of all classes, so that a token which a small
   * class happens to lack is rare in it, not impossible.
   */
  double[][] shares() {
    double[][] shares = new double[rows.length][encoder.width()];
    double[] pooled = new double[encoder.width()];
    for (int labelClass = 0; labelClass < rows.length; labelClass++) {
      for (int[] row : rows[labelClass]) {
        for (int column = 0; column < row.length; column++) {
          shares[labelClass][encoder.offset(column) + row[column]] += 1.0 / count(labelClass);
        }
      }
      for (int token = 0; token < pooled.length; token++) {
        pooled[token] += shares[labelClass][token] / rows.length;
      }
    }
    for (int labelClass = 0; labelClass < rows.length; labelClass++) {
      double kept = count(labelClass) / (count(labelClass) + 1.0);
      for (int token = 0; token < pooled.length; token++) {
        shares[labelClass][token] = kept * shares[labelClass][token] + (1 - kept) * pooled[token];
      }
    }
    return shares;
  }

  /** Draws classes with weight count^0.5, so that rare ones are seen more often than they are. */
  int[] drawClasses(int number, SplittableRandom random) {
    double[] cumulative = new double[rows.length];
    double sum = 0;
    for (int i = 0; i < rows.length; i++) {
      sum += Math.sqrt(count(i));
      cumulative[i] = sum;
    }
    int[] drawn = new int[number];
    for (int i = 0; i < number; i++) {
      int found = Arrays.binarySearch(cumulative, random.nextDouble() * sum);
      drawn[i] = Math.min(rows.length - 1, found >= 0 ? found : -found - 1);
    }
    return drawn;
  }
}
