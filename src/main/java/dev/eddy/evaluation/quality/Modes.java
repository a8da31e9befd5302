package dev.eddy.evaluation.quality;

import java.util.SplittableRandom;

/** K-means cells of real training rows: the kinds of records there are. */
final class Modes {
  private static final int ITERATIONS = 15;
  private static final double HALF = 0.5;

  private final double[][] centres;

  /** Fits at most so many cells to points. */
  Modes(double[][] points, int most, SplittableRandom random) {
    int cells = Math.min(most, points.length);
    this.centres = new double[cells][];
    for (int cell = 0; cell < cells; cell++) {
      centres[cell] = points[random.nextInt(points.length)].clone();
    }
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      double[][] sums = new double[cells][points[0].length];
      int[] counts = new int[cells];
      for (double[] point : points) {
        int cell = nearest(point);
        counts[cell]++;
        for (int d = 0; d < point.length; d++) {
          sums[cell][d] += point[d];
        }
      }
      for (int cell = 0; cell < cells; cell++) {
        for (int d = 0; d < sums[cell].length && counts[cell] > 0; d++) {
          centres[cell][d] = sums[cell][d] / counts[cell];
        }
      }
    }
  }

  private int nearest(double[] point) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int cell = 0; cell < centres.length; cell++) {
      double distance = 0;
      for (int d = 0; d < point.length && distance < least; d++) {
        distance += (point[d] - centres[cell][d]) * (point[d] - centres[cell][d]);
      }
      if (distance < least) {
        least = distance;
        best = cell;
      }
    }
    return best;
  }

  int count() {
    return centres.length;
  }

  /** Returns the share of points in each cell. */
  double[] shares(double[][] points) {
    double[] shares = new double[centres.length];
    for (double[] point : points) {
      shares[nearest(point)] += 1.0 / points.length;
    }
    return shares;
  }

  /** Returns the share of the wanted points whose cell has at least half its share in the other. */
  static double found(double[] wanted, double[] shares) {
    double found = 0;
    for (int cell = 0; cell < wanted.length; cell++) {
      found += shares[cell] >= HALF * wanted[cell] ? wanted[cell] : 0;
    }
    return found;
  }
}
