package dev.eddy.cli.demo;

import dev.eddy.cli.demo.DemoReport.FaultFigures;
import dev.eddy.evaluation.DetectionMetrics;
import dev.eddy.evaluation.LabelledScore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Breaks the figures down by kind of fault. */
final class FaultTable {
  private FaultTable() {}

  /**
   * Computes the figures of each kind.
   *
   * @param scores the group is the fault
   * @param episodes by fault, how many were alerted and how many there were
   * @param threshold the score from which on a record may raise an alert
   */
  static Map<String, FaultFigures> of(
      List<LabelledScore> scores, Map<String, int[]> episodes, double threshold) {
    Map<String, Double> recalls = DetectionMetrics.recallByGroup(scores, threshold);
    Map<String, FaultFigures> table = new TreeMap<>();
    episodes.forEach(
        (fault, counts) -> {
          List<LabelledScore> against = new ArrayList<>();
          int records = 0;
          for (LabelledScore score : scores) {
            boolean own = fault.equals(score.group());
            records += own ? 1 : 0;
            if (own || !score.anomalous()) {
              against.add(score);
            }
          }
          table.put(
              fault,
              new FaultFigures(
                  records,
                  recalls.getOrDefault(fault, 0.0),
                  counts[1],
                  (double) counts[0] / counts[1],
                  boxed(DetectionMetrics.auroc(against))));
        });
    return table;
  }

  /** Returns the value, or null for none: as JSON has it. */
  static @Nullable Double boxed(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }
}
