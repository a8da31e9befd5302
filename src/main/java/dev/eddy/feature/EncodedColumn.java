package dev.eddy.feature;

/**
 * One cell of an encoded row.
 *
 * @param feature place of its source feature among all features of the definition
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
    /** 1 for one value of a category, else 0. */
    CATEGORY,
    /** 1 when the value is missing, else 0. */
    MISSING
  }
}
