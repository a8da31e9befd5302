package dev.eddy.trainer.gate;

import dev.eddy.evaluation.RankedScores;
import dev.eddy.feature.Observation;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/** One model's scores of the held-out rows: normal ones first, then the positives. */
final class Measured {
  /** A p-value of 1 %: by its own calibration one normal row in a hundred is more anomalous. */
  static final double PROMISED = 0.01;

  private static final int TIMINGS = 3;
  private static final int TIMED_ROWS = 2_000;

  private final int normal;
  private final double[] scores;
  private final RankedScores ranked;
  private final double rowsPerSecond;
  private final int[] once;

  private Measured(int normal, double[] scores, double rowsPerSecond) {
    this.normal = normal;
    this.scores = scores;
    this.rowsPerSecond = rowsPerSecond;
    boolean[] anomalous = new boolean[scores.length];
    Arrays.fill(anomalous, normal, scores.length, true);
    this.ranked = new RankedScores(scores, anomalous);
    this.once = new int[scores.length];
    Arrays.fill(once, 1);
  }

  static Measured of(
      AnomalyScores model,
      List<Observation> normal,
      List<Observation> positives,
      LongSupplier nanoTime) {
    double[] ofNormal = model.score(normal);
    double[] ofPositives = model.score(positives);
    double[] scores = Arrays.copyOf(ofNormal, ofNormal.length + ofPositives.length);
    System.arraycopy(ofPositives, 0, scores, ofNormal.length, ofPositives.length);
    return new Measured(normal.size(), scores, rowsPerSecond(model, normal, nanoTime));
  }

  /** The best of a few timings: the machine does other things as well. */
  private static double rowsPerSecond(
      AnomalyScores model, List<Observation> rows, LongSupplier nanoTime) {
    List<Observation> timed = rows.subList(0, Math.min(rows.size(), TIMED_ROWS));
    double best = 0;
    for (int i = 0; i < TIMINGS; i++) {
      long start = nanoTime.getAsLong();
      model.score(timed);
      best = Math.max(best, timed.size() / Math.max(1e-9, (nanoTime.getAsLong() - start) / 1e9));
    }
    return best;
  }

  double auroc() {
    return auroc(once);
  }

  double auroc(int[] times) {
    return ranked.auroc(times);
  }

  double auprc() {
    return auprc(once);
  }

  double auprc(int[] times) {
    return ranked.averagePrecision(times);
  }

  /** Returns the share of the normal rows that it calls one in a hundred. */
  double falseAlarmRate() {
    double limit = -Math.log(PROMISED);
    return IntStream.range(0, normal).filter(row -> scores[row] > limit).count() / (double) normal;
  }

  double rowsPerSecond() {
    return rowsPerSecond;
  }

  boolean isFinite() {
    return Arrays.stream(scores).allMatch(Double::isFinite);
  }

  /** Returns how many different scores the rows have. */
  long distinct() {
    return Arrays.stream(scores).distinct().count();
  }
}
