package dev.eddy.augmentation;

import java.util.Arrays;
import java.util.List;

/**
 * Training records as tokens, by class.
 *
 * @param layout whose tokens they are
 * @param classes names, in order
 * @param rows for each class its records, each with one token for each column
 */
@SuppressWarnings("ArrayRecordComponent") // one per training; equality is never asked
record TokenRows(TokenLayout layout, List<String> classes, int[][][] rows) {

  /** Encodes the records of each class. */
  static TokenRows of(
      TokenEncoder encoder, List<String> classes, List<List<SyntheticRow>> records) {
    int[][][] rows =
        records.stream()
            .map(some -> some.stream().map(encoder::encode).toArray(int[][]::new))
            .toArray(int[][][]::new);
    return new TokenRows(encoder.layout(), List.copyOf(classes), rows);
  }

  /** Returns the first classes only. */
  TokenRows first(int number) {
    return new TokenRows(layout, classes.subList(0, number), Arrays.copyOf(rows, number));
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
    double[][] shares = new double[rows.length][layout.width()];
    double[] pooled = new double[layout.width()];
    for (int labelClass = 0; labelClass < rows.length; labelClass++) {
      for (int[] row : rows[labelClass]) {
        for (int column = 0; column < row.length; column++) {
          shares[labelClass][layout.offset(column) + row[column]] += 1.0 / count(labelClass);
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

  /** Returns the share of each token of each column over the rows of all classes. */
  double[] pooledShares() {
    double[] shares = new double[layout.width()];
    int all = Arrays.stream(rows).mapToInt(some -> some.length).sum();
    for (int[][] some : rows) {
      for (int[] row : some) {
        for (int column = 0; column < row.length; column++) {
          shares[layout.offset(column) + row[column]] += 1.0 / all;
        }
      }
    }
    return shares;
  }

  /** Returns the columns alone that do not follow from others. */
  TokenRows learned(Dependencies dependencies) {
    int[][][] projected =
        Arrays.stream(rows)
            .map(some -> Arrays.stream(some).map(dependencies::project).toArray(int[][]::new))
            .toArray(int[][][]::new);
    return new TokenRows(layout.select(dependencies.learned()), classes, projected);
  }
}
