package dev.eddy.evaluation;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rows of many series that were not learned from, put together to be measured as one. */
final class PooledRows {
  private final boolean[] anomalous;
  private final double[] fused;
  private final Map<String, double[]> detectors = new LinkedHashMap<>();
  private int count;
  private long scored;
  private double seconds;

  /** Makes place for so many rows. */
  PooledRows(int rows) {
    this.anomalous = new boolean[rows];
    this.fused = new double[rows];
  }

  /**
   * Adds one series.
   *
   * @param learned how many of the first rows were learned from
   */
  void add(List<LabelledObservation> rows, int learned, ScoredRows scores) {
    int more = rows.size() - learned;
    for (int row = 0; row < more; row++) {
      anomalous[count + row] = rows.get(learned + row).anomalous();
    }
    System.arraycopy(scores.fused(), learned, fused, count, more);
    scores
        .detectors()
        .forEach(
            (name, of) ->
                System.arraycopy(
                    of,
                    learned,
                    detectors.computeIfAbsent(name, same -> new double[fused.length]),
                    count,
                    more));
    count += more;
    scored += rows.size();
    seconds += rows.size() / scores.rowsPerSecond();
  }

  Quality quality() {
    return of(fused);
  }

  Map<String, Quality> qualities() {
    Map<String, Quality> qualities = new LinkedHashMap<>();
    detectors.forEach((name, scores) -> qualities.put(name, of(scores)));
    return qualities;
  }

  private Quality of(double[] scores) {
    return Quality.of(Arrays.copyOf(scores, count), Arrays.copyOf(anomalous, count));
  }

  double rowsPerSecond() {
    return scored / seconds;
  }
}
