package dev.eddy.evaluation.quality;

import dev.eddy.evaluation.DetectionMetrics;
import dev.eddy.evaluation.LabelledScore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Measures whether synthetic rows give training rows away. */
public final class PrivacyFigures {
  private static final double CLOSE = 0.05;

  private final RecordTable training;
  private final RecordTable heldOut;
  private final int mostRows;
  private final Set<String> known = new HashSet<>();
  private final NearestRows nearest;
  private final double[] natural;

  /**
   * Real rows.
   *
   * @param mostRows rows of each kind whose nearest are looked for
   */
  PrivacyFigures(RecordTable training, RecordTable heldOut, int mostRows) {
    this.training = training;
    this.heldOut = heldOut;
    this.mostRows = mostRows;
    IntStream.range(0, training.rows()).forEach(row -> known.add(text(training, row)));
    this.nearest = new NearestRows(training, training);
    this.natural = nearest.distances(heldOut.atMost(mostRows));
    Arrays.sort(natural);
  }

  /**
   * Returns the median distance of synthetic rows to their nearest training row, over that of
   * held-out rows; NaN where more than half of the held-out rows coincide with training rows.
   */
  public static double distanceRatio(
      RecordTable training, RecordTable heldOut, RecordTable synthetic) {
    NearestRows nearest = new NearestRows(training, training);
    double[] natural = nearest.distances(heldOut);
    double[] found = nearest.distances(synthetic);
    Arrays.sort(natural);
    Arrays.sort(found);
    double median = quantile(natural, 0.5);
    return median > 0 ? quantile(found, 0.5) / median : Double.NaN;
  }

  private static String text(RecordTable table, int row) {
    return Arrays.toString(table.numbers()[row]) + Arrays.toString(table.categories()[row]);
  }

  QualityReport.Privacy of(RecordTable synthetic) {
    double[] found = nearest.distances(synthetic.atMost(mostRows));
    double close = quantile(natural, CLOSE);
    double share = Arrays.stream(found).filter(d -> d < close).count() / (double) found.length;
    Arrays.sort(found);
    double median = quantile(natural, 0.5);
    return new QualityReport.Privacy(
        copies(synthetic),
        copies(heldOut),
        median > 0 ? quantile(found, 0.5) / median : Double.NaN,
        share,
        membership(synthetic));
  }

  private double copies(RecordTable rows) {
    return IntStream.range(0, rows.rows()).filter(row -> known.contains(text(rows, row))).count()
        / (double) rows.rows();
  }

  private static double quantile(double[] sorted, double rank) {
    return sorted[(int) Math.min(sorted.length - 1, rank * sorted.length)];
  }

  private double membership(RecordTable synthetic) {
    int rows = Math.min(mostRows, Math.min(training.rows(), heldOut.rows()));
    NearestRows toSynthetic = new NearestRows(synthetic, training);
    List<LabelledScore> scores = new ArrayList<>(2 * rows);
    for (double distance : toSynthetic.distances(training.atMost(rows))) {
      scores.add(LabelledScore.of(-distance, true));
    }
    for (double distance : toSynthetic.distances(heldOut.atMost(rows))) {
      scores.add(LabelledScore.of(-distance, false));
    }
    return DetectionMetrics.auroc(scores).orElse(Double.NaN);
  }
}
