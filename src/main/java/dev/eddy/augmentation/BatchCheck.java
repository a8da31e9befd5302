package dev.eddy.augmentation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks at rows before they are published. It knows the columns, the shares of tokens by class and
 * fingerprints of the training rows, but no training row.
 */
final class BatchCheck {
  private static final int FEWEST_ROWS_FOR_SHAPES = 100;
  private static final double SHAPES = 0.9;

  private final TokenEncoder encoder;
  private final List<String> classes;
  private final double[][] shares;
  private final RowFingerprints fingerprints;
  private final GateReport gate;

  BatchCheck(
      TokenEncoder encoder,
      List<String> classes,
      double[][] shares,
      RowFingerprints fingerprints,
      GateReport gate) {
    this.encoder = encoder;
    this.classes = classes;
    this.shares = shares;
    this.fingerprints = fingerprints;
    this.gate = gate;
  }

  List<String> reasons(List<SyntheticRow> rows, boolean shaped) {
    Set<String> labels = new HashSet<>();
    rows.forEach(row -> labels.add(row.labelClass()));
    List<String> reasons = new ArrayList<>();
    for (String label : labels) {
      List<SyntheticRow> some = rows.stream().filter(r -> r.labelClass().equals(label)).toList();
      reasons.addAll(reasons(label, some, shaped));
    }
    return reasons;
  }

  private List<String> reasons(String label, List<SyntheticRow> rows, boolean shaped) {
    int labelClass = classes.indexOf(label);
    if (labelClass < 0) {
      return List.of("class must be one of %s, got %s".formatted(classes, label));
    }
    if (!gate.allows(label)) {
      return gate.refusals()
          .getOrDefault(label, List.of("class %s was not measured".formatted(label)));
    }
    List<String> reasons = new ArrayList<>();
    for (SyntheticRow row : rows) {
      String unknown = encoder.unknown(row);
      if (unknown != null) {
        reasons.add("values must be known from training, got another in " + unknown);
        return reasons;
      }
    }
    checkCopies(label, rows, reasons);
    if (shaped && rows.size() >= FEWEST_ROWS_FOR_SHAPES) {
      checkShapes(labelClass, rows, reasons);
    }
    return reasons;
  }

  private void checkCopies(String label, List<SyntheticRow> rows, List<String> reasons) {
    GateReport.ClassReport measured = gate.classes().get(label);
    if (measured == null || !Copies.areRare(measured)) {
      return; // real rows repeat each other in this class, so a repetition gives nobody away
    }
    long copies = rows.stream().filter(fingerprints::contains).count();
    long most = (long) Math.ceil(Copies.RARE * rows.size()) - 1;
    if (copies > most) {
      reasons.add(
          "rows equal to training rows must be <= %d of %d, got %d"
              .formatted(most, rows.size(), copies));
    }
  }

  private void checkShapes(int labelClass, List<SyntheticRow> rows, List<String> reasons) {
    double distance = 0;
    int columns = encoder.columns().size();
    double[] found = new double[encoder.layout().width()];
    for (SyntheticRow row : rows) {
      int[] tokens = encoder.encode(row);
      for (int column = 0; column < columns; column++) {
        found[encoder.layout().offset(column) + tokens[column]] += 1.0 / rows.size();
      }
    }
    for (int column = 0; column < columns; column++) {
      distance += distance(column, shares[labelClass], found) / columns;
    }
    // the mean distance that chance alone gives is about 0.87 / sqrt(rows)
    double most = 1 - SHAPES + 1 / Math.sqrt(rows.size());
    if (distance > most) {
      reasons.add(
          "mean distance from the class's column shapes must be <= %.3f, got %.3f"
              .formatted(most, distance));
    }
  }

  /** Kolmogorov-Smirnov distance of the tokens of a number in order; else total variation. */
  private double distance(int column, double[] wanted, double[] found) {
    TokenColumn tokens = encoder.columns().get(column);
    boolean ordered = tokens instanceof NumberColumn;
    double[] differences = new double[tokens.tokens()];
    for (int token = 0; token < differences.length; token++) {
      int place = encoder.layout().offset(column) + token;
      differences[tokens.place(token)] = found[place] - wanted[place];
    }
    double sum = 0;
    double largest = 0;
    double absolute = 0;
    for (double difference : differences) {
      sum += difference;
      largest = Math.max(largest, Math.abs(sum));
      absolute += Math.abs(difference);
    }
    return ordered ? largest : absolute / 2;
  }
}
