package dev.eddy.evaluation.quality;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;

/** Measures whether synthetic rows give training rows away. */
final class PrivacyFigures {
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

  private static String text(RecordTable table, int row) {
    return Arrays.toString(table.numbers()[row]) + Arrays.toString(table.categories()[row]);
  }

  QualityReport.Privacy of(RecordTable synthetic) {
    double[] found = nearest.distances(synthetic.atMost(mostRows));
    double close = Nearness.quantile(natural, CLOSE);
    double share = Nearness.share(found, close);
    Arrays.sort(found);
    double median = Nearness.median(natural);
    return new QualityReport.Privacy(
        copies(synthetic),
        copies(heldOut),
        median > 0 ? Nearness.median(found) / median : Double.NaN,
        share,
        membership(synthetic));
  }

  private double copies(RecordTable rows) {
    return IntStream.range(0, rows.rows()).filter(row -> known.contains(text(rows, row))).count()
        / (double) rows.rows();
  }

  private double membership(RecordTable synthetic) {
    int rows = Math.min(mostRows, Math.min(training.rows(), heldOut.rows()));
    NearestRows toSynthetic = new NearestRows(synthetic, training);
    return Nearness.auroc(
        toSynthetic.distances(training.atMost(rows)), toSynthetic.distances(heldOut.atMost(rows)));
  }
}
