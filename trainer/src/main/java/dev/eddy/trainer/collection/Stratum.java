package dev.eddy.trainer.collection;

import dev.eddy.feature.Sample;
import dev.eddy.feature.Sample.Truth;
import java.util.Comparator;

/** What rows have in common that compete for the same room in the training set. */
record Stratum(Truth truth, String name) implements Comparable<Stratum> {
  /** Where classes beyond those that have a stratum of their own go. */
  static final Stratum OTHERS = new Stratum(Truth.ANOMALOUS, "other classes");

  /** What a row of anomalies weighs, as a multiple of what others weigh. */
  static final int MOST_WEIGHT = 4;

  /** Rows that nobody labelled. */
  static final Stratum UNLABELLED = new Stratum(Truth.UNKNOWN, "unlabelled");

  /** Rows that are normal by their label. */
  static final Stratum NORMAL = new Stratum(Truth.NORMAL, "normal");

  private static final Comparator<Stratum> ORDER =
      Comparator.comparing(Stratum::truth).thenComparing(Stratum::name);

  /** Returns the stratum of a row. */
  static Stratum of(Sample sample) {
    return switch (sample.truth()) {
      case UNKNOWN -> UNLABELLED;
      case NORMAL -> NORMAL;
      case ANOMALOUS ->
          new Stratum(
              Truth.ANOMALOUS, sample.labelClass() == null ? "anomalous" : sample.labelClass());
    };
  }

  /**
   * Returns what a row weighs where strata share a bounded room: those that are normal or
   * unlabelled a quarter of the others, for a model learns first of all what is normal.
   */
  int weight() {
    return truth == Truth.ANOMALOUS ? MOST_WEIGHT : 1;
  }

  @Override
  public int compareTo(Stratum other) {
    return ORDER.compare(this, other);
  }
}
