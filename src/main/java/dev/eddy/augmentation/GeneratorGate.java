package dev.eddy.augmentation;

import static java.util.Objects.requireNonNull;

import dev.eddy.augmentation.GateReport.ClassReport;
import dev.eddy.evaluation.quality.Dependence;
import dev.eddy.evaluation.quality.Nearness;
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
 *
 * <p>Nor may rows be nearer to training rows than fresh real rows are, or tell an attacker which
 * rows were trained on, beyond what the training rows tell of each other ({@link Nearness}); nor
 * miss kinds of real rows that the training rows have.
 *
 * <p>Of what goes together in the class's real rows, a share of {@value #DEPENDENCE} must go
 * together in generated ones ({@link Dependence}), where real rows have clearly more of it than
 * independent columns of the right shapes. Over all classes, a classifier must not tell nearly all
 * rows from real ones, nor learn much less from them.
 */
final class GeneratorGate {
  static final double SHAPES = 0.95;
  private static final double TOLERANCE = 0.02;
  private static final double FEWEST_IN_COMMON = 0.5;
  private static final int FEWEST_HELD_OUT = 10;
  private static final double COPIES_TOLERANCE = 0.001;
  private static final double CLOSE_SHARE = 0.05;
  private static final double CLOSE_TOLERANCE = 0.1;
  private static final double LEAST_DISTANCE = 0.8;
  private static final double MEMBERSHIP_TOLERANCE = 0.05;
  private static final double FOUND_TOLERANCE = 0.25;
  private static final double DEPENDENCE = 0.15;
  private static final double CLEAR = 12; // standard deviations; of less, chance could decide
  private static final int FEWEST_TO_PAIR = 30;
  private static final long SEED = 7;
  private static final double TOLD = 0.98;
  private static final double TOLD_TOLERANCE = 0.02;
  private static final int FEWEST_TOLD = 200;
  private static final double UTILITY = 0.8;

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

  /** Returns whether a class was measured and failed. */
  boolean measuredAndRefused(String labelClass) {
    return classes.containsKey(labelClass) && refusals.containsKey(labelClass);
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
            Nearness.of(real, fresh, synthetic),
            Dependence.of(real, fresh, synthetic, SEED));
    classes.put(labelClass, report);
    judgeShapes(labelClass, report);
    judgeCopies(labelClass, report);
    judgeNearness(labelClass, report);
    judgeDependence(labelClass, report, requireNonNull(report.dependence(), "measured"));
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
    double error = StandardErrors.ofCounted(report.naturalCopies(), report.heldOutRows());
    double most = report.naturalCopies() + COPIES_TOLERANCE + 2 * error;
    if (report.copies() > most) {
      refuse(
          labelClass,
          "share of copies of training rows must be <= %.4f, got %.4f"
              .formatted(most, report.copies()));
    }
  }

  private void judgeNearness(String labelClass, ClassReport report) {
    Nearness nearness = report.nearness();
    double rows = Math.min(Nearness.MOST_ROWS, report.heldOutRows());
    double share = Math.max(CLOSE_SHARE, nearness.naturalCloseShare());
    double mostClose = share + CLOSE_TOLERANCE + 2 * StandardErrors.ofShare(share, rows);
    if (nearness.closeShare() > mostClose) {
      refuse(
          labelClass,
          "share of rows closer to a training row than 95 %% of held-out rows must be <= %.3f, got %.3f"
              .formatted(mostClose, nearness.closeShare()));
    }
    double natural = Math.min(1, nearness.naturalDistanceRatio());
    double least = natural * (LEAST_DISTANCE - 1 / Math.sqrt(rows));
    if (nearness.distanceRatio() < least) {
      refuse(
          labelClass,
          "median distance to the nearest training row, over that of held-out rows, must be >= %.3f, got %.3f"
              .formatted(least, nearness.distanceRatio()));
    }
    double members = Math.min(Nearness.MOST_ROWS, report.trainingRows());
    double mostMembership =
        Math.max(0.5, nearness.naturalMembershipAuc())
            + MEMBERSHIP_TOLERANCE
            + 2 * StandardErrors.ofAuroc(members, rows);
    if (nearness.membershipAuc() > mostMembership) {
      refuse(
          labelClass,
          "AUROC of a membership attack must be <= %.3f, got %.3f"
              .formatted(mostMembership, nearness.membershipAuc()));
    }
  }

  private void judgeDependence(String labelClass, ClassReport report, Dependence found) {
    double dependence = found.natural() - found.independent();
    double least = found.independent() + DEPENDENCE * dependence;
    boolean clear =
        Math.min(report.trainingRows(), report.heldOutRows()) >= FEWEST_TO_PAIR
            && dependence > CLEAR * found.independentError();
    if (clear && found.pairTrends() < least) {
      refuse(
          labelClass,
          "pair trends must be >= %.4f (training rows reach %.4f, independent columns %.4f), got %.4f"
              .formatted(least, found.natural(), found.independent(), found.pairTrends()));
    }
  }

  private void judgeAll(QualityReport quality) {
    QualityReport.Coverage coverage = quality.coverage();
    double least = coverage.naturalFound() - FOUND_TOLERANCE;
    if (coverage.found() < least) {
      refuseAll(
          "share of the kinds of real rows that are found must be >= %.3f over all classes, got %.3f"
              .formatted(least, coverage.found()));
    }
    judgeTold(quality);
    QualityReport.Utility utility = quality.utility();
    if (utility != null) {
      double error =
          StandardErrors.ofAuroc(quality.heldOutRows() / 2.0, quality.heldOutRows() / 2.0);
      double leastRatio = UTILITY - 2 * error;
      if (utility.boosting().aucRatio() < leastRatio) {
        refuseAll(
            "AUROC of boosting on held-out rows, over that after training on real rows, must be >= %.3f, got %.3f"
                .formatted(leastRatio, utility.boosting().aucRatio()));
      }
    }
  }

  private void judgeTold(QualityReport quality) {
    double natural = quality.fidelity().naturalDiscriminativeAuc();
    double most = Math.max(TOLD, natural + TOLD_TOLERANCE);
    double told = quality.fidelity().discriminativeAuc();
    if (Math.min(quality.heldOutRows(), quality.syntheticRows()) >= FEWEST_TOLD && told > most) {
      refuseAll(
          "AUROC of telling rows from held-out rows must be <= %.3f (training rows are told at %.3f), got %.3f"
              .formatted(most, natural, told));
    }
  }

  private void refuseAll(String reason) {
    classes.keySet().forEach(labelClass -> refuse(labelClass, reason));
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
    if (quality != null) {
      judgeAll(quality);
    }
    Map<String, Double> means = new HashMap<>();
    byColumn.forEach((column, shapes) -> means.put(column, mean(shapes)));
    double mean = mean(classes.values().stream().map(ClassReport::columnShapes).toList());
    return new GateReport(mean, means, classes, refusals, recipe, quality, candidates, incidents);
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }
}
