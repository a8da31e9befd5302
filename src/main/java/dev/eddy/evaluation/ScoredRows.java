package dev.eddy.evaluation;

import dev.eddy.feature.FeatureMatrix;
import dev.eddy.model.ModelDevice;
import dev.eddy.scoring.DetectionModel;
import dev.eddy.scoring.ScoredBatch;
import dev.eddy.scoring.Scorer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Scores of many rows, in batches as the stream-app makes them.
 *
 * @param fused -ln of the p-value, a value a row
 * @param detectors the parts' scores by name, -ln of each one's own p-value
 * @param rowsPerSecond of one thread
 */
@SuppressWarnings(
    "ArrayRecordComponent") // handed on within one evaluation; equality is never asked
public record ScoredRows(double[] fused, Map<String, double[]> detectors, double rowsPerSecond) {
  private static final int BATCH = 1024;
  private static final double ENOUGH_SECONDS = 0.3;

  /** Passes over few rows are repeated, so that the speed is that of a program that runs. */
  private static final int MOST_PASSES = 20;

  /** Scores rows, at least one, as often as it takes to measure the speed. */
  static ScoredRows of(DetectionModel model, FeatureMatrix rows, ModelDevice device) {
    return of(model, rows, device, MOST_PASSES);
  }

  /** Scores rows, at least one, once. */
  public static ScoredRows once(DetectionModel model, FeatureMatrix rows, ModelDevice device) {
    return of(model, rows, device, 1);
  }

  private static ScoredRows of(
      DetectionModel model, FeatureMatrix rows, ModelDevice device, int passes) {
    double[] fused = new double[rows.rows()];
    Map<String, double[]> detectors = new LinkedHashMap<>();
    model.detectorNames().forEach(name -> detectors.put(name, new double[rows.rows()]));
    try (Scorer scorer = model.open(device)) {
      double best = 0;
      double seconds = 0;
      for (int pass = 0; pass < passes && seconds < ENOUGH_SECONDS; pass++) {
        double took = pass(scorer, rows, fused, detectors);
        seconds += took;
        best = Math.max(best, rows.rows() / took);
      }
      return new ScoredRows(fused, detectors, best);
    }
  }

  private static double pass(
      Scorer scorer, FeatureMatrix rows, double[] fused, Map<String, double[]> detectors) {
    long nanos = 0;
    for (int from = 0; from < rows.rows(); from += BATCH) {
      int size = Math.min(BATCH, rows.rows() - from);
      int first = from;
      FeatureMatrix batch = rows.select(IntStream.range(0, size).map(i -> first + i).toArray());
      long start = System.nanoTime();
      ScoredBatch scored = scorer.score(batch);
      nanos += System.nanoTime() - start;
      for (int row = 0; row < size; row++) {
        fused[from + row] = scored.score(row);
      }
      for (int i = 0; i < scored.detectorNames().size(); i++) {
        double[] of = detectors.get(scored.detectorNames().get(i));
        if (of != null) {
          System.arraycopy(scored.detector(i), 0, of, from, size);
        }
      }
    }
    return nanos / 1e9;
  }
}
