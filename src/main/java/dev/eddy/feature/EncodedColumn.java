package dev.eddy.feature;

/**
 * One cell of an encoded row.
 *
 * @param feature place of its source feature among all features of the definition; -1 where it
 *     comes from the record's time alone
 * @param name for people, for example {@code src_bytes}, {@code src_bytes deviation} or {@code
 *     protocol=tcp}
 * @param kind what the cell holds
 */
public record EncodedColumn(int feature, String name, Kind kind) {
  /** What a cell holds. */
  public enum Kind {
    /** A number as a robust z-score. */
    NUMBER,
    /** A number of the entity's context, as a robust z-score. */
    CONTEXT,
    /** An earlier value of a number, in the entity's own deviations, as a robust z-score. */
    LAG,
    /** The time's place in a season, in [-1, 1]; of no feature. */
    POSITION,
    /** 1 for one value of a category, else 0. */
    CATEGORY,
    /** 1 when the value is missing, else 0. */
    MISSING
  }
}
