package dev.eddy.scoring;

import dev.eddy.feature.FeatureMatrix;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Well-known methods to measure the ensemble against, each as its authors or its common
 * implementations have it. They are no part of the ensemble, whose cheap parts differ in encoding,
 * trimming and size; what these reach on the same rows says whether the ensemble earns its cost.
 */
public final class ReferenceMethods {
  /** Isolation forest, 100 trees of 256 rows (Liu, Ting and Zhou, ICDM 2008). */
  public static final String FOREST = "isolationForest";

  /** Distance to the fifth nearest training row, by range (Ramaswamy et al., SIGMOD 2000). */
  public static final String NEIGHBOURS = "kNN";

  /** Squared distance to the components that hold 90 % of the variance (Shyu et al., ICDM 2003). */
  public static final String COMPONENTS = "PCA";

  private static final int NEIGHBOUR = 5;
  private static final double MOST_PRODUCTS = 2e10; // about ten seconds

  private ReferenceMethods() {}

  /**
   * Fits each method and scores rows by it.
   *
   * @param training rows to learn from, in random order: where comparing all of them with all test
   *     rows would take longer than about ten seconds, the neighbours are searched among the first
   * @param test rows of the same width
   * @return scores by the method's name, a value a row; higher is more anomalous
   */
  public static Map<String, double[]> score(FeatureMatrix training, FeatureMatrix test, long seed) {
    Map<String, double[]> scores = new LinkedHashMap<>();
    scores.put(FOREST, ForestDetector.grow(training, seed).score(test));
    scores.put(NEIGHBOURS, neighbours(training, test));
    scores.put(COMPONENTS, PrincipalComponents.fit(training).score(test));
    return scores;
  }

  private static double[] neighbours(FeatureMatrix training, FeatureMatrix test) {
    double affordable = MOST_PRODUCTS / ((double) test.rows() * test.columns());
    float[] minima = new float[training.columns()];
    float[] perRange = new float[training.columns()];
    for (int column = 0; column < minima.length; column++) {
      float low = Float.POSITIVE_INFINITY;
      float high = Float.NEGATIVE_INFINITY;
      for (int row = 0; row < training.rows(); row++) {
        low = Math.min(low, training.get(row, column));
        high = Math.max(high, training.get(row, column));
      }
      minima[column] = low;
      perRange[column] = high > low ? 1 / (high - low) : 0;
    }
    ReferenceRows reference =
        new ReferenceRows(
            scaled(training, minima, perRange), (int) Math.max(100, Math.min(1e9, affordable)));
    FeatureMatrix rows = scaled(test, minima, perRange);
    float[] distances = new float[reference.rows()];
    int[] nearest = new int[Math.min(NEIGHBOUR, reference.rows())];
    double[] scores = new double[rows.rows()];
    for (int row = 0; row < scores.length; row++) {
      reference.squaredDistances(rows.values(), row * rows.columns(), distances);
      reference.nearest(distances, nearest);
      scores[row] = Math.sqrt(distances[nearest[nearest.length - 1]]);
    }
    return scores;
  }

  private static FeatureMatrix scaled(FeatureMatrix rows, float[] minima, float[] perRange) {
    FeatureMatrix scaled = new FeatureMatrix(rows.columns(), rows.rows());
    for (int row = 0; row < rows.rows(); row++) {
      int start = scaled.append();
      for (int column = 0; column < minima.length; column++) {
        scaled.values()[start + column] =
            (rows.get(row, column) - minima[column]) * perRange[column];
      }
    }
    return scaled;
  }
}
