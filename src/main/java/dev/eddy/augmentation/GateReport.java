package dev.eddy.augmentation;

import java.util.List;
import java.util.Map;

/**
 * What the gate measured on a generator, against held-out real rows.
 *
 * @param columnShapes mean over columns and classes of 1 - KS (numbers) and 1 - total variation
 *     (categories), as SDMetrics defines them; 1 is perfect
 * @param columnShapesByColumn the same by column
 * @param refusals class to the reason why the generator may not publish it; a class that is not a
 *     key may be published
 */
public record GateReport(
    double columnShapes,
    Map<String, Double> columnShapesByColumn,
    Map<String, List<String>> refusals) {

  /** Copies the maps. */
  public GateReport {
    columnShapesByColumn = Map.copyOf(columnShapesByColumn);
    refusals = Map.copyOf(refusals);
  }

  /** Returns whether records of this class may be published. */
  public boolean allows(String labelClass) {
    return !refusals.containsKey(labelClass);
  }
}
