package dev.eddy.scoring;

import dev.eddy.feature.FeatureMatrix;
import dev.eddy.model.Tensor;
import java.util.Arrays;

/**
 * A small sample of rows to measure Euclidean distances to. One array a column, so that the
 * innermost loop runs over reference rows of arrays that start at 0, which the compiler turns into
 * vector instructions; sums of squared differences, because the cheaper form with a product loses
 * small distances to rounding.
 */
final class ReferenceRows {
  private final int rows;
  private final float[][] columns; // (column, row)

  /** Takes the first rows of a matrix, row-major, at most {@code limit}. */
  ReferenceRows(FeatureMatrix source, int limit) {
    this.rows = Math.min(limit, source.rows());
    this.columns = new float[source.columns()][rows];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns.length; column++) {
        columns[column][row] = source.get(row, column);
      }
    }
  }

  private ReferenceRows(float[][] columns) {
    this.rows = columns[0].length;
    this.columns = columns;
  }

  /** Reads rows back from {@link #toTensor()}. */
  static ReferenceRows of(Tensor tensor) {
    float[] cells = tensor.values();
    int rows = tensor.dimension(1);
    float[][] columns = new float[tensor.dimension(0)][];
    for (int column = 0; column < columns.length; column++) {
      columns[column] = Arrays.copyOfRange(cells, column * rows, (column + 1) * rows);
    }
    return new ReferenceRows(columns);
  }

  /** Writes the rows; shape (columns, rows). */
  Tensor toTensor() {
    float[] cells = new float[columns.length * rows];
    for (int column = 0; column < columns.length; column++) {
      System.arraycopy(columns[column], 0, cells, column * rows, rows);
    }
    return Tensor.of(cells, columns.length, rows);
  }

  /** Returns how many rows there are. */
  int rows() {
    return rows;
  }

  /**
   * Writes the squared distances of one row to every reference row.
   *
   * @param values holds the row from {@code offset} on
   * @param distances of length {@link #rows()}
   */
  void squaredDistances(float[] values, int offset, float[] distances) {
    Arrays.fill(distances, 0f);
    int column = 0;
    for (; column + 3 < columns.length; column += 4) {
      addFour(values, offset + column, column, distances);
    }
    for (; column < columns.length; column++) {
      addOne(values[offset + column], columns[column], distances);
    }
  }

  private void addFour(float[] values, int offset, int column, float[] distances) {
    float x0 = values[offset];
    float x1 = values[offset + 1];
    float x2 = values[offset + 2];
    float x3 = values[offset + 3];
    float[] first = columns[column];
    float[] second = columns[column + 1];
    float[] third = columns[column + 2];
    float[] fourth = columns[column + 3];
    for (int row = 0; row < distances.length; row++) {
      float d0 = first[row] - x0;
      float d1 = second[row] - x1;
      float d2 = third[row] - x2;
      float d3 = fourth[row] - x3;
      distances[row] += (d0 * d0 + d1 * d1) + (d2 * d2 + d3 * d3);
    }
  }

  private static void addOne(float x, float[] column, float[] distances) {
    for (int row = 0; row < distances.length; row++) {
      float difference = column[row] - x;
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
      if (distances[row]
          < smallest) { // Math.min must think of NaN and -0, and takes ten times as long
        smallest = distances[row];
      }
    }
    return smallest;
  }
}
