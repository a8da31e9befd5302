package dev.eddy.scoring;

import dev.eddy.feature.FeatureMatrix;
import dev.eddy.model.Tensor;
import java.util.Arrays;

/**
 * A small sample of rows to measure Euclidean distances to. Stored column by column, so that the
 * innermost loop runs over reference rows and the compiler makes vector instructions of it; sums of
 * squared differences, because the cheaper form with a product loses small distances to rounding.
 */
final class ReferenceRows {
  private final int rows;
  private final int columns;
  private final float[] cells; // (column, row)

  /** Takes the first rows of a matrix, row-major, at most {@code limit}. */
  ReferenceRows(FeatureMatrix source, int limit) {
    this.rows = Math.min(limit, source.rows());
    this.columns = source.columns();
    this.cells = new float[rows * columns];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        cells[column * rows + row] = source.get(row, column);
      }
    }
  }

  private ReferenceRows(float[] cells, int columns) {
    this.columns = columns;
    this.rows = cells.length / columns;
    this.cells = cells;
  }

  /** Reads rows back from {@link #toTensor()}. */
  static ReferenceRows of(Tensor tensor) {
    return new ReferenceRows(tensor.values(), tensor.dimension(0));
  }

  /** Writes the rows; shape (columns, rows). */
  Tensor toTensor() {
    return Tensor.of(cells, columns, rows);
  }

  /** Returns how many rows there are. */
  int rows() {
    return rows;
  }

  /**
   * Writes the squared distances of one row to every reference row.
   *
   * @param values holds the row from {@code offset} on
   * @param distances has room for {@link #rows()}
   */
  void squaredDistances(float[] values, int offset, float[] distances) {
    Arrays.fill(distances, 0, rows, 0f);
    int column = 0;
    for (; column + 3 < columns; column += 4) {
      addFour(
          values[offset + column],
          values[offset + column + 1],
          values[offset + column + 2],
          values[offset + column + 3],
          column * rows,
          distances);
    }
    for (; column < columns; column++) {
      addOne(values[offset + column], column * rows, distances);
    }
  }

  private void addFour(float x0, float x1, float x2, float x3, int start, float[] distances) {
    int second = start + rows;
    int third = second + rows;
    int fourth = third + rows;
    for (int row = 0; row < rows; row++) {
      float d0 = cells[start + row] - x0;
      float d1 = cells[second + row] - x1;
      float d2 = cells[third + row] - x2;
      float d3 = cells[fourth + row] - x3;
      distances[row] += d0 * d0 + d1 * d1 + d2 * d2 + d3 * d3;
    }
  }

  private void addOne(float x, int start, float[] distances) {
    for (int row = 0; row < rows; row++) {
      float difference = cells[start + row] - x;
      distances[row] += difference * difference;
    }
  }

  /**
   * Finds the smallest of the first {@link #rows()} values, ascending.
   *
   * @param nearest receives their places; as many as it is long, at most {@link #rows()}
   */
  void nearest(float[] distances, int[] nearest) {
    int wanted = nearest.length;
    int found = 0;
    float worst = Float.POSITIVE_INFINITY;
    for (int row = 0; row < rows; row++) {
      float distance = distances[row];
      if (distance < worst || found < wanted) {
        int place = found < wanted ? found++ : wanted - 1;
        while (place > 0 && distances[nearest[place - 1]] > distance) {
          nearest[place] = nearest[place - 1];
          place--;
        }
        nearest[place] = row;
        if (found == wanted) {
          worst = distances[nearest[wanted - 1]];
        }
      }
    }
  }

  /** Returns the smallest of the first {@link #rows()} values. */
  float smallest(float[] distances) {
    float smallest = Float.POSITIVE_INFINITY;
    for (int row = 0; row < rows; row++) {
      smallest = Math.min(smallest, distances[row]);
    }
    return smallest;
  }
}
