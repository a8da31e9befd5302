package dev.eddy.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * How well one score tells anomalies from normal rows.
 *
 * @param auroc area under the ROC curve
 * @param auprc average precision
 */
public record Quality(double auroc, double auprc) {

  /** Measures a score; NaN where the rows are all of one kind. */
  static Quality of(double[] scores, boolean[] anomalous) {
    List<LabelledScore> rows = new ArrayList<>(scores.length);
    for (int row = 0; row < scores.length; row++) {
      rows.add(LabelledScore.of(scores[row], anomalous[row]));
    }
    return new Quality(
        DetectionMetrics.auroc(rows).orElse(Double.NaN),
        DetectionMetrics.averagePrecision(rows).orElse(Double.NaN));
  }
}
