package dev.eddy.augmentation;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the gate measured on a generator, against held-out real rows.
 *
 * @param columnShapes mean over columns and measured classes of 1 - KS (numbers) and 1 - total
 *     variation (categories), as SDMetrics defines them; 1 is perfect, NaN where no class could be
 *     measured
 * @param columnShapesByColumn the same by column
 * @param classes class to what was measured on it
 * @param refusals class to the reasons why the generator may not publish it; a class that is not a
 *     key may be published
 */
public record GateReport(
    double columnShapes,
    Map<String, Double> columnShapesByColumn,
    Map<String, ClassReport> classes,
    Map<String, List<String>> refusals) {

  /** How a class is generated. */
  public enum Recipe {
    /** The adversarial network on top of the class's copula. */
    GAN,
    /** The class's copula alone: it has too few rows for a network. */
    COPULA
  }

  /**
   * What was measured on one class.
   *
   * @param columnShapes generated against held-out rows, mean over columns
   * @param naturalColumnShapes training rows against held-out rows: what a perfect copy of the
   *     training distribution would reach; far below 1 when few rows are held out
   * @param trainingColumnShapes generated against training rows
   * @param copies share of generated rows, before copies are drawn again, that equal a training row
   *     in every field but the entity
   * @param naturalCopies the same share of held-out rows
   * @param distanceRatio median distance of a generated row to its nearest training row, divided by
   *     that of a held-out row; below 1 generated rows are nearer than fresh real ones, which by
   *     itself is no proof of memorising when held-out rows come from other times; NaN where more
   *     than half of the held-out rows coincide with training rows
   */
  public record ClassReport(
      Recipe recipe,
      int trainingRows,
      int heldOutRows,
      double columnShapes,
      double naturalColumnShapes,
      double trainingColumnShapes,
      double copies,
      double naturalCopies,
      double distanceRatio) {}

  /** Copies the maps, in order of their keys. */
  public GateReport {
    columnShapesByColumn = new TreeMap<>(columnShapesByColumn);
    classes = new TreeMap<>(classes);
    refusals = new TreeMap<>(refusals);
  }

  /** Returns whether records of this class may be published. */
  public boolean allows(String labelClass) {
    return classes.containsKey(labelClass) && !refusals.containsKey(labelClass);
  }
}
