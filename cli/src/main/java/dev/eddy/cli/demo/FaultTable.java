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
  private static final double FALSE_ALARM_RATE = 0.01;

  private FaultTable() {}

  /**
   * Computes the figures of each kind.
   *
   * @param scores the group is the fault
   * @param episodes by fault, how many were alerted and how many there were
   */
  static Map<String, FaultFigures> of(List<LabelledScore> scores, Map<String, int[]> episodes) {
    Map<String, Double> recalls =
        DetectionMetrics.recallByGroup(scores, aboveNormal(scores, FALSE_ALARM_RATE));
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

  /** Returns the lowest score that at most this share of the normal records is above or at. */
  private static double aboveNormal(List<LabelledScore> scores, double share) {
    double[] normal =
        scores.stream()
            .filter(score -> !score.anomalous())
            .mapToDouble(LabelledScore::score)
            .sorted()
            .toArray();
    int below = normal.length - (int) (share * normal.length);
    return below == 0 ? Double.NEGATIVE_INFINITY : Math.nextUp(normal[below - 1]);
  }

  /** Returns the value, or null for none: as JSON has it. */
  static @Nullable Double boxed(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }
}
