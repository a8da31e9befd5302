package dev.eddy.augmentation;

import java.util.function.Predicate;

/** When a row that equals a training row is an accident to be mended. */
final class Copies {
  /** Share of fresh real rows that coincide with training rows, below which copies are rare. */
  static final double RARE = 0.01;

  private Copies() {}

  /** Returns whether fresh real rows of this class hardly ever coincide with training rows. */
  static boolean areRare(GateReport.ClassReport measured) {
    return measured.naturalCopies() < RARE;
  }

  /**
   * Returns which rows are accidents: those that equal a training row, of classes where that is
   * rare.
   */
  static Predicate<SyntheticRow> of(RowFingerprints fingerprints, GateReport gate) {
    return row -> {
      GateReport.ClassReport measured = gate.classes().get(row.labelClass());
      return measured != null && areRare(measured) && fingerprints.contains(row);
    };
  }
}
