package dev.eddy.augmentation;

/** How far a figure of few rows is off by chance: standard errors. */
final class StandardErrors {
  private StandardErrors() {}

  /** Returns that of a share of so many rows. */
  static double ofShare(double share, double rows) {
    return Math.sqrt(share * (1 - share) / rows);
  }

  /** Returns that of a share that was counted in so many rows, and is not certain at 0 either. */
  static double ofCounted(double share, double rows) {
    double rate = (share * rows + 1) / (rows + 2); // never 0 or 1
    return ofShare(rate, rows);
  }

  /** Returns that of an AUROC of 0.5 (Hanley and McNeil, 1982). */
  static double ofAuroc(double positives, double negatives) {
    return Math.sqrt((positives + negatives + 1) / (12 * positives * negatives));
  }
}
