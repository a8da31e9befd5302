package dev.eddy.evaluation;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Scores and their truth, sorted once, so that figures can be had for many resamples of the same
 * records: a resample is how often each record is taken. With each taken once, the figures are
 * those of {@link DetectionMetrics}.
 */
public final class RankedScores {
  private final double[] scores;
  private final boolean[] anomalous;
  private final int[] descending;

  /**
   * Sorts.
   *
   * @param scores higher is more anomalous; not NaN; neither kept nor changed
   * @param anomalous the truth, of the same length
   */
  public RankedScores(double[] scores, boolean[] anomalous) {
    if (scores.length != anomalous.length) {
      throw new IllegalArgumentException(
          "anomalous must have length %d, got %d".formatted(scores.length, anomalous.length));
    }
    this.scores = scores.clone();
    this.anomalous = anomalous.clone();
    this.descending =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -scores[i]))
            .mapToInt(Integer::intValue)
            .toArray();
  }

  /** Returns how many records there are. */
  public int size() {
    return scores.length;
  }

  /**
   * Returns the average precision of a resample; NaN when it has no anomaly.
   *
   * @param times how often each record is taken
   */
  public double averagePrecision(int[] times) {
    double sum = 0;
    long found = 0;
    long taken = 0;
    for (int from = 0; from < descending.length; ) {
      int to = endOfTie(from);
      long added = 0;
      for (int i = from; i < to; i++) {
        taken += times[descending[i]];
        added += anomalous[descending[i]] ? times[descending[i]] : 0;
      }
      found += added;
      sum += added == 0 ? 0 : added * ((double) found / taken);
      from = to;
    }
    return sum / found;
  }

  /**
   * Returns the area under the ROC curve of a resample; NaN unless it has records of both kinds.
   *
   * @param times how often each record is taken
   */
  public double auroc(int[] times) {
    double won = 0;
    long anomaliesAbove = 0;
    long normals = 0;
    for (int from = 0; from < descending.length; ) {
      int to = endOfTie(from);
      long tiedAnomalies = 0;
      long tiedNormals = 0;
      for (int i = from; i < to; i++) {
        int row = descending[i];
        tiedAnomalies += anomalous[row] ? times[row] : 0;
        tiedNormals += anomalous[row] ? 0 : times[row];
      }
      won += tiedNormals * (anomaliesAbove + tiedAnomalies / 2.0);
      anomaliesAbove += tiedAnomalies;
      normals += tiedNormals;
      from = to;
    }
    return won / ((double) anomaliesAbove * normals);
  }

  private int endOfTie(int from) {
    int to = from + 1;
    while (to < descending.length && scores[descending[to]] == scores[descending[from]]) {
      to++;
    }
    return to;
  }
}
