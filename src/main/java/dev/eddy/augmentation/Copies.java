package dev.eddy.augmentation;

/** When a row that equals a training row is an accident to be mended. */
final class Copies {
  /** Share of fresh real rows that coincide with training rows, below which copies are rare. */
  static final double RARE = 0.01;

  private Copies() {}

  /** Returns whether fresh real rows of this class hardly ever coincide with training rows. */
  static boolean areRare(GateReport.ClassReport measured) {
    return measured.naturalCopies() < RARE;
  }
}
