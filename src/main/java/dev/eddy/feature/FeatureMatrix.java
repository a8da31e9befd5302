package dev.eddy.feature;

import java.util.Arrays;
import java.util.Objects;

/**
 * Rows of encoded features, row-major in one array that grows and is used again. An instance
 * belongs to one thread.
 */
public final class FeatureMatrix {
  private final int columns;
  private float[] values;
  private int rows;

  /**
   * Makes an empty matrix.
   *
   * @param columns width of each row, {@code >= 1}
   * @param capacity rows to have room for at first
   */
  public FeatureMatrix(int columns, int capacity) {
    if (columns < 1) {
      throw new IllegalArgumentException("columns must be >= 1, got " + columns);
    }
    this.columns = columns;
    this.values = new float[columns * Math.max(1, capacity)];
  }

  /** Appends one row and returns where it starts in {@link #values()}; its cells are 0. */
  public int append() {
    int start = rows * columns;
    if (start + columns > values.length) {
      values = Arrays.copyOf(values, Math.max(start + columns, values.length * 2));
    }
    Arrays.fill(values, start, start + columns, 0f);
    rows++;
    return start;
  }

  /** Appends a copy of a row. */
  public void append(float[] row) {
    if (row.length != columns) {
      throw new IllegalArgumentException(
          "row must have width %d, got %d".formatted(columns, row.length));
    }
    int start = append();
    System.arraycopy(row, 0, values, start, columns);
  }

  /** Forgets all rows and keeps the room. */
  public void clear() {
    rows = 0;
  }

  /** Returns how many rows there are. */
  public int rows() {
    return rows;
  }

  /** Returns the width of a row. */
  public int columns() {
    return columns;
  }

  /** Returns the backing array; cells from {@code rows() * columns()} on mean nothing. */
  public float[] values() {
    return values;
  }

  /** Returns one cell. */
  public float get(int row, int column) {
    Objects.checkIndex(row, rows);
    Objects.checkIndex(column, columns);
    return values[row * columns + column];
  }

  /** Returns a copy of one row. */
  public float[] row(int row) {
    Objects.checkIndex(row, rows);
    return Arrays.copyOfRange(values, row * columns, (row + 1) * columns);
  }

  /** Returns exactly the cells that are in use, copied. */
  public float[] toArray() {
    return Arrays.copyOf(values, rows * columns);
  }

  /** Returns a new matrix of these rows, in this order. */
  public FeatureMatrix select(int[] indices) {
    FeatureMatrix selected = new FeatureMatrix(columns, indices.length);
    for (int index : indices) {
      Objects.checkIndex(index, rows);
      int start = selected.append();
      System.arraycopy(values, index * columns, selected.values, start, columns);
    }
    return selected;
  }
}
