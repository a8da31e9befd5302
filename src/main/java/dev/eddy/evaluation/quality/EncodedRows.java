package dev.eddy.evaluation.quality;

/**
 * A table as numbers, for a classifier.
 *
 * @param columns number of columns, numbers first; NaN: missing
 * @param numbers how many of the columns are numbers; the others are codes of categories
 * @param cells row-major
 * @param classOf class of each row, by its place
 * @param classes how many classes there are
 */
@SuppressWarnings("ArrayRecordComponent") // one per judgement; equality is never asked
public record EncodedRows(int columns, int numbers, float[] cells, int[] classOf, int classes) {

  /** Returns how many rows there are. */
  public int rows() {
    return classOf.length;
  }

  /** Returns the same rows with other classes. */
  EncodedRows labelled(int[] others, int otherClasses) {
    return new EncodedRows(columns, numbers, cells, others, otherClasses);
  }
}
