package dev.eddy.algebra;

import java.util.Arrays;

/**
 * The mean product of each two cells of rows, which is their covariance where the cells are
 * deviations from means. A block of rows is summed at once, so that the sums, which over a thousand
 * columns no cache holds, come from memory once a block.
 */
public final class Covariance {
  private static final int AT_ONCE = 4;
  private static final int BLOCK = 8 * AT_ONCE;

  private final double[][] sums; // the lower triangle
  private final double[][] block;
  private int waiting;
  private int rows;

  /** Starts with no rows. */
  public Covariance(int width) {
    this.sums = new double[width][];
    for (int i = 0; i < width; i++) {
      sums[i] = new double[i + 1];
    }
    this.block = new double[BLOCK][width];
  }

  /** Returns the covariance of rows around given means, divided by the number of rows. */
  public static double[][] of(double[][] rows, double[] means) {
    Covariance covariance = new Covariance(means.length);
    double[] deviations = new double[means.length];
    for (double[] row : rows) {
      for (int i = 0; i < deviations.length; i++) {
        deviations[i] = row[i] - means[i];
      }
      covariance.add(deviations);
    }
    return covariance.matrix();
  }

  /** Adds a row, which is copied. */
  public void add(double[] deviations) {
    System.arraycopy(deviations, 0, block[waiting], 0, sums.length);
    rows++;
    waiting++;
    if (waiting == BLOCK) {
      addBlock();
    }
  }

  private void addBlock() {
    for (int unused = waiting; unused < BLOCK; unused++) {
      Arrays.fill(block[unused], 0);
    }
    for (int i = 0; i < sums.length; i++) {
      for (int row = 0; row < waiting; row += AT_ONCE) {
        addFour(sums[i], i, block[row], block[row + 1], block[row + 2], block[row + 3]);
      }
    }
    waiting = 0;
  }

  /** Adds one row after the other to each sum, as if each came alone: it rounds the same. */
  private static void addFour(
      double[] sums, int i, double[] first, double[] second, double[] third, double[] fourth) {
    double a = first[i];
    double b = second[i];
    double c = third[i];
    double d = fourth[i];
    for (int k = 0; k < sums.length; k++) {
      sums[k] = sums[k] + a * first[k] + b * second[k] + c * third[k] + d * fourth[k];
    }
  }

  /** Returns the mean products of all rows so far, a new symmetric matrix; there must be a row. */
  public double[][] matrix() {
    addBlock();
    double[][] matrix = new double[sums.length][sums.length];
    for (int i = 0; i < sums.length; i++) {
      for (int k = 0; k <= i; k++) {
        matrix[i][k] = sums[i][k] / rows;
        matrix[k][i] = matrix[i][k];
      }
    }
    return matrix;
  }
}
