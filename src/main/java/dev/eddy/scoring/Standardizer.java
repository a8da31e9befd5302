package dev.eddy.scoring;

import dev.eddy.feature.EncodedColumn;
import dev.eddy.feature.FeatureMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Brings linear rows into the two representations that detectors read: ASINH (asinh of the cell,
 * then mean 0 and deviation 1 by column) and STANDARDISED (the cell itself, mean 0 and deviation 1
 * by column, clipped to [-20, 20]). Means and deviations are those of the training rows. Columns
 * that were constant there carry nothing to learn and are left out of both; {@link
 * HistogramDetector} watches them. Immutable.
 *
 * @param width cells of a linear row
 * @param columns the linear columns that are kept, ascending
 * @param asinhMeans mean of asinh, by kept column
 * @param asinhDeviations deviation of asinh, by kept column; positive
 * @param means mean, by kept column
 * @param deviations deviation, by kept column; positive
 * @param typical a linear row that stands for nothing known: the mean of asinh taken back, by
 *     column
 * @param minima least linear cell, by kept column
 * @param maxima largest linear cell, by kept column
 */
@SuppressWarnings("ArrayRecordComponent") // one per model; equality is never asked
record Standardizer(
    int width,
    int[] columns,
    float[] asinhMeans,
    float[] asinhDeviations,
    float[] means,
    float[] deviations,
    float[] typical,
    float[] minima,
    float[] maxima) {

  private static final float CLIP = 20f;
  private static final double CONSTANT = 1e-9;

  /**
   * The smallest deviation by which a category's cells are divided: without it a category that one
   * record in a thousand has would lie 30 deviations out, and drown every number.
   */
  private static final double MINIMUM_CATEGORY_DEVIATION = 0.15;

  /** Learns means and deviations from the training rows. */
  static Standardizer fit(List<EncodedColumn> columns, FeatureMatrix linear) {
    int width = linear.columns();
    double[][] plain = new double[width][];
    double[][] bent = new double[width][];
    int kept = 0;
    int[] keptColumns = new int[width];
    for (int column = 0; column < width; column++) {
      plain[column] = moments(linear, column, false);
      bent[column] = moments(linear, column, true);
      if (plain[column][1] > CONSTANT && bent[column][1] > CONSTANT) {
        keptColumns[kept++] = column;
      }
    }
    if (kept == 0) {
      throw new IllegalArgumentException(
          "training rows must differ in at least one column, got %d equal rows"
              .formatted(linear.rows()));
    }
    Standardizer result =
        new Standardizer(
            width,
            Arrays.copyOf(keptColumns, kept),
            new float[kept],
            new float[kept],
            new float[kept],
            new float[kept],
            new float[width],
            new float[kept],
            new float[kept]);
    for (int column = 0; column < width; column++) {
      result.typical[column] = (float) Math.sinh(bent[column][0]);
    }
    for (int i = 0; i < kept; i++) {
      int column = keptColumns[i];
      double floor =
          switch (columns.get(column).kind()) {
            case CATEGORY, MISSING -> MINIMUM_CATEGORY_DEVIATION;
            case NUMBER, CONTEXT, LAG, POSITION -> 0;
          };
      float minimum = Float.POSITIVE_INFINITY;
      float maximum = Float.NEGATIVE_INFINITY;
      for (int row = 0; row < linear.rows(); row++) {
        minimum = Math.min(minimum, linear.get(row, column));
        maximum = Math.max(maximum, linear.get(row, column));
      }
      result.minima[i] = minimum;
      result.maxima[i] = maximum;
      result.means[i] = (float) plain[column][0];
      result.deviations[i] = (float) Math.max(plain[column][1], floor);
      result.asinhMeans[i] = (float) bent[column][0];
      result.asinhDeviations[i] = (float) Math.max(bent[column][1], floor);
    }
    return result;
  }

  /** Returns mean and deviation of a column. */
  private static double[] moments(FeatureMatrix linear, int column, boolean asinh) {
    int rows = linear.rows();
    double sum = 0;
    for (int row = 0; row < rows; row++) {
      sum += cell(linear, row, column, asinh);
    }
    double mean = sum / rows;
    double squares = 0;
    for (int row = 0; row < rows; row++) {
      double difference = cell(linear, row, column, asinh) - mean;
      squares += difference * difference;
    }
    return new double[] {mean, Math.sqrt(squares / rows)};
  }

  private static double cell(FeatureMatrix linear, int row, int column, boolean asinh) {
    float value = linear.get(row, column);
    return asinh ? Asinh.of(value) : value;
  }

  /** Returns the least and the largest cell of a linear column in training. */
  float[] range(int column) {
    int kept = Arrays.binarySearch(columns, column);
    return kept < 0
        ? new float[] {typical[column], typical[column]}
        : new float[] {minima[kept], maxima[kept]};
  }

  /** Returns the width of a row in either representation. */
  int keptWidth() {
    return columns.length;
  }

  /** Returns the linear columns that were constant in training, ascending. */
  int[] constantColumns() {
    return IntStream.range(0, width)
        .filter(column -> Arrays.binarySearch(columns, column) < 0)
        .toArray();
  }

  /** Makes both representations of a batch. */
  DetectorInput standardize(FeatureMatrix linear) {
    FeatureMatrix asinh = new FeatureMatrix(columns.length, linear.rows());
    FeatureMatrix standardised = new FeatureMatrix(columns.length, linear.rows());
    DetectorInput input = new DetectorInput(linear, asinh, standardised);
    standardize(input);
    return input;
  }

  /** Fills the two representations of a batch from its linear rows; reuses their room. */
  void standardize(DetectorInput batch) {
    FeatureMatrix linear = batch.linear();
    if (linear.columns() != width) {
      throw new IllegalArgumentException(
          "rows must have width %d, got %d".formatted(width, linear.columns()));
    }
    int kept = columns.length;
    int rows = linear.rows();
    batch.asinh().clear();
    batch.standardised().clear();
    for (int row = 0; row < rows; row++) {
      batch.asinh().append();
      batch.standardised().append();
    }
    float[] from = linear.values();
    float[] asinh = batch.asinh().values();
    float[] standardised = batch.standardised().values();
    for (int row = 0; row < rows; row++) {
      int source = row * width;
      int target = row * kept;
      for (int i = 0; i < kept; i++) {
        float x = from[source + columns[i]];
        asinh[target + i] = (Asinh.of(x) - asinhMeans[i]) / asinhDeviations[i];
        standardised[target + i] = Math.max(-CLIP, Math.min(CLIP, (x - means[i]) / deviations[i]));
      }
    }
  }

  /**
   * Writes an ASINH row back into a linear one, within the range of the training rows: a network
   * may expect a byte count below 0. The columns that were left out stay as they are.
   */
  void restore(float[] asinh, float[] linear) {
    for (int i = 0; i < columns.length; i++) {
      float cell = (float) Math.sinh((double) asinh[i] * asinhDeviations[i] + asinhMeans[i]);
      linear[columns[i]] = Math.max(minima[i], Math.min(maxima[i], cell));
    }
  }
}
