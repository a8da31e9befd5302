package dev.eddy.augmentation;

import dev.eddy.augmentation.GateReport.ClassReport;
import dev.eddy.evaluation.quality.PrivacyFigures;
import dev.eddy.evaluation.quality.QualityReport;
import dev.eddy.evaluation.quality.RecordTable;
import dev.eddy.evaluation.quality.TableShapes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Measures a generator class by class and says which classes it may publish.
 *
 * <p>Column shapes against held-out rows must reach {@value #SHAPES}. With few held-out rows that
 * is out of reach of anything: 50 rows are a Kolmogorov-Smirnov distance of about 0.12 away from
 * the very distribution that they come from, and rows held out by time come from a somewhat
 * different one. So a class also passes when it is as near to the held-out rows as its training
 * rows are (up to {@value #TOLERANCE}) and, since that says little when few are held out, is near
 * to the training rows too. What was measured is in the report, whichever rule it passed by.
 *
 * <p>Below {@value #FEWEST_IN_COMMON} no rule helps: then training and held-out rows of the class
 * have too little in common for anyone to say what the class is.
 *
 * <p>The share of exact copies must not be above the rate at which fresh real rows coincide with
 * training rows, plus 0.1 % and two standard errors of that rate.
 */
final class GeneratorGate {
  static final double SHAPES = 0.95;
  private static final double TOLERANCE = 0.02;
  private static final double FEWEST_IN_COMMON = 0.5;
  private static final int FEWEST_HELD_OUT = 10;
  private static final double COPIES_TOLERANCE = 0.001;
  private static final int MOST_DISTANCE_ROWS = 500;
  private static final int MOST_TRAINING_ROWS = 2_000;

  private final RealTables tables;
  private final RowFingerprints fingerprints;
  private final Map<String, ClassReport> classes = new TreeMap<>();
  private final Map<String, List<String>> refusals = new TreeMap<>();
  private final Map<String, List<Double>> byColumn = new HashMap<>();

  GeneratorGate(RealTables tables, RowFingerprints fingerprints) {
    this.tables = tables;
    this.fingerprints = fingerprints;
  }

  /** Refuses a class that was not even trained, or not measured. */
  void refuse(String labelClass, String reason) {
    refusals.computeIfAbsent(labelClass, name -> new ArrayList<>()).add(reason);
  }

  /**
   * Measures a class.
   *
   * @param training all its training rows
   * @param heldOut rows that training never saw
   * @param generated some thousand rows, copies and all
   */
  void measure(
      String labelClass,
      GateReport.Recipe recipe,
      List<SyntheticRow> training,
      List<SyntheticRow> heldOut,
      List<SyntheticRow> generated) {
    if (heldOut.size() < FEWEST_HELD_OUT) {
      refuse(
          labelClass,
          "held-out rows must be >= %d to judge by, got %d"
              .formatted(FEWEST_HELD_OUT, heldOut.size()));
      return;
    }
    RecordTable real = tables.of(training);
    RecordTable fresh = tables.of(heldOut);
    RecordTable synthetic = tables.of(generated);
    Map<String, Double> shapes = TableShapes.byColumn(fresh, synthetic);
    shapes.forEach(
        (column, shape) -> byColumn.computeIfAbsent(column, c -> new ArrayList<>()).add(shape));
    ClassReport report =
        new ClassReport(
            recipe,
            training.size(),
            heldOut.size(),
            TableShapes.mean(shapes),
            TableShapes.mean(TableShapes.byColumn(fresh, real)),
            TableShapes.mean(TableShapes.byColumn(real, synthetic)),
            copies(generated),
            copies(heldOut),
            PrivacyFigures.distanceRatio(
                real.atMost(MOST_TRAINING_ROWS),
                fresh.atMost(MOST_DISTANCE_ROWS),
                synthetic.atMost(MOST_DISTANCE_ROWS)));
    classes.put(labelClass, report);
    judgeShapes(labelClass, report);
    judgeCopies(labelClass, report);
  }

  private void judgeShapes(String labelClass, ClassReport report) {
    if (report.columnShapes() >= SHAPES) {
      return;
    }
    double natural = Math.max(FEWEST_IN_COMMON, report.naturalColumnShapes() - TOLERANCE);
    // n training rows are themselves up to 1/n off any smooth distribution, in every column
    double fit = SHAPES - 1.0 / report.trainingRows();
    if (report.columnShapes() < natural || report.trainingColumnShapes() < fit) {
      refuse(
          labelClass,
          ("column shapes must be >= %.2f, or >= %.3f (training rows reach %.3f) with >= %.3f "
                  + "against training rows, got %.3f and %.3f")
              .formatted(
                  SHAPES,
                  natural,
                  report.naturalColumnShapes(),
                  fit,
                  report.columnShapes(),
                  report.trainingColumnShapes()));
    }
  }

  private void judgeCopies(String labelClass, ClassReport report) {
    int rows = report.heldOutRows();
    double rate = (report.naturalCopies() * rows + 1) / (rows + 2); // never 0 or 1
    double error = Math.sqrt(rate * (1 - rate) / rows);
    double most = report.naturalCopies() + COPIES_TOLERANCE + 2 * error;
    if (report.copies() > most) {
      refuse(
          labelClass,
          "share of copies of training rows must be <= %.4f, got %.4f"
              .formatted(most, report.copies()));
    }
  }

  private double copies(List<SyntheticRow> rows) {
    return rows.stream().filter(fingerprints::contains).count() / (double) rows.size();
  }

  /** Returns what was measured so far, with what was measured on all classes together. */
  GateReport report(
      GateReport.Recipe recipe,
      @Nullable QualityReport quality,
      List<GateReport.Candidate> candidates,
      List<String> incidents) {
    Map<String, Double> means = new HashMap<>();
    byColumn.forEach((column, shapes) -> means.put(column, mean(shapes)));
    double mean = mean(classes.values().stream().map(ClassReport::columnShapes).toList());
    return new GateReport(mean, means, classes, refusals, recipe, quality, candidates, incidents);
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }
}
