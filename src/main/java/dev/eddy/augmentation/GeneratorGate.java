package dev.eddy.augmentation;

import dev.eddy.augmentation.GateReport.ClassReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

  private final ShapeComparison comparison;
  private final RowFingerprints fingerprints;
  private final Map<String, ClassReport> classes = new TreeMap<>();
  private final Map<String, List<String>> refusals = new TreeMap<>();
  private final Map<String, List<Double>> byColumn = new HashMap<>();

  GeneratorGate(TokenEncoder encoder, RowFingerprints fingerprints) {
    this.comparison = new ShapeComparison(encoder);
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
    Map<String, Double> shapes = comparison.byColumn(heldOut, generated);
    shapes.forEach(
        (column, shape) -> byColumn.computeIfAbsent(column, c -> new ArrayList<>()).add(shape));
    NearestDistance distance = new NearestDistance(some(training, MOST_TRAINING_ROWS));
    double natural = distance.median(some(heldOut, MOST_DISTANCE_ROWS));
    double found = distance.median(some(generated, MOST_DISTANCE_ROWS));
    ClassReport report =
        new ClassReport(
            recipe,
            training.size(),
            heldOut.size(),
            ShapeComparison.mean(shapes),
            ShapeComparison.mean(comparison.byColumn(heldOut, training)),
            ShapeComparison.mean(comparison.byColumn(training, generated)),
            copies(generated),
            copies(heldOut),
            natural > 0 ? found / natural : Double.NaN);
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

  /** Takes rows at equal steps, so that a class's episodes are all there. */
  private static List<SyntheticRow> some(List<SyntheticRow> rows, int most) {
    if (rows.size() <= most) {
      return rows;
    }
    List<SyntheticRow> some = new ArrayList<>(most);
    for (int i = 0; i < most; i++) {
      some.add(rows.get((int) ((long) i * rows.size() / most)));
    }
    return some;
  }

  /** Returns what was measured so far. */
  GateReport report() {
    Map<String, Double> means = new HashMap<>();
    byColumn.forEach((column, shapes) -> means.put(column, mean(shapes)));
    double mean = mean(classes.values().stream().map(ClassReport::columnShapes).toList());
    return new GateReport(
        mean, means, classes, refusals, GateReport.Recipe.GAN, null, List.of(), List.of());
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }
}
