package dev.eddy.augmentation;

import dev.eddy.algebra.CholeskyFactor;
import dev.eddy.model.Tensor;
import dev.eddy.model.Tensors;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A mixture of Gaussians with full covariances, fitted by expectation maximisation (Dempster et
 * al., 1977) from a k-means start (Arthur and Vassilvitskii, "k-means++", 2007). Covariances get
 * {@value #RIDGE} added to their diagonal.
 */
@SuppressWarnings("ArrayRecordComponent") // tables; equality is never asked
record GaussianMixture(int dimensions, double[] weights, double[][] means, double[][][] factors) {
  private static final double RIDGE = 1e-3;
  private static final int ITERATIONS = 15;
  private static final int K_MEANS_ITERATIONS = 5;
  private static final double NO_SHARE = 1e-6;

  /** Fits parts to points, of which there must be more than dimensions. */
  static GaussianMixture fit(double[][] points, int parts, SplittableRandom random) {
    double[][] shares = kMeans(points, parts, random);
    GaussianMixture mixture = of(points, shares);
    for (int i = 0; i < ITERATIONS; i++) {
      mixture.expect(points, shares);
      mixture = of(points, shares);
    }
    return mixture;
  }

  /** Returns for each part the share of each point: 1 for the nearest centre. */
  private static double[][] kMeans(double[][] points, int parts, SplittableRandom random) {
    double[][] centres = startCentres(points, parts, random);
    int[] nearest = new int[points.length];
    for (int iteration = 0; iteration < K_MEANS_ITERATIONS; iteration++) {
      double[][] sums = new double[parts][points[0].length];
      int[] counts = new int[parts];
      for (int i = 0; i < points.length; i++) {
        nearest[i] = nearest(centres, points[i]);
        counts[nearest[i]]++;
        for (int d = 0; d < points[i].length; d++) {
          sums[nearest[i]][d] += points[i][d];
        }
      }
      for (int part = 0; part < parts; part++) {
        if (counts[part] > 0) {
          int count = counts[part];
          centres[part] = Arrays.stream(sums[part]).map(sum -> sum / count).toArray();
        }
      }
    }
    double[][] shares = new double[parts][points.length];
    for (int i = 0; i < points.length; i++) {
      shares[nearest[i]][i] = 1;
    }
    return shares;
  }

  private static double[][] startCentres(double[][] points, int parts, SplittableRandom random) {
    double[][] centres = new double[parts][];
    double[] distances = new double[points.length];
    Arrays.fill(distances, 1);
    for (int part = 0; part < parts; part++) {
      double left = random.nextDouble() * Arrays.stream(distances).sum();
      int chosen = 0;
      while (chosen < points.length - 1 && (left -= distances[chosen]) >= 0) {
        chosen++;
      }
      centres[part] = points[chosen].clone();
      for (int i = 0; i < points.length; i++) {
        double distance = squaredDistance(points[i], centres[part]);
        distances[i] = part == 0 ? distance : Math.min(distances[i], distance);
      }
    }
    return centres;
  }

  private static int nearest(double[][] centres, double[] point) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < centres.length; i++) {
      double distance = squaredDistance(point, centres[i]);
      if (distance < least) {
        least = distance;
        best = i;
      }
    }
    return best;
  }

  private static double squaredDistance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return sum;
  }

  /** Maximises: weights, means and covariances of the points' shares. */
  private static GaussianMixture of(double[][] points, double[][] shares) {
    int parts = shares.length;
    int dimensions = points[0].length;
    double[] weights = new double[parts];
    double[][] means = new double[parts][dimensions];
    double[][][] factors = new double[parts][][];
    for (int part = 0; part < parts; part++) {
      double weight = Arrays.stream(shares[part]).sum();
      double[][] covariance = new double[dimensions][dimensions];
      double[] mean = means[part];
      for (int i = 0; i < points.length; i++) {
        double share = shares[part][i];
        if (share > NO_SHARE) {
          accumulate(points[i], share, mean, covariance);
        }
      }
      double counted = Math.max(weight, 1e-9);
      for (int d = 0; d < dimensions; d++) {
        mean[d] /= counted;
      }
      for (int d = 0; d < dimensions; d++) {
        for (int e = 0; e <= d; e++) {
          covariance[d][e] = covariance[d][e] / counted - mean[d] * mean[e];
        }
        covariance[d][d] += RIDGE;
      }
      weights[part] = weight / points.length;
      factors[part] = CholeskyFactor.of(covariance).rows();
    }
    return new GaussianMixture(dimensions, weights, means, factors);
  }

  private static void accumulate(double[] point, double share, double[] sum, double[][] products) {
    for (int d = 0; d < point.length; d++) {
      double weighted = share * point[d];
      sum[d] += weighted;
      double[] row = products[d];
      for (int e = 0; e <= d; e++) {
        row[e] += weighted * point[e];
      }
    }
  }

  /** Expects: fills in the share that each part has of each point. */
  private void expect(double[][] points, double[][] shares) {
    int parts = weights.length;
    double[] constants = new double[parts];
    for (int part = 0; part < parts; part++) {
      constants[part] = Math.log(Math.max(weights[part], 1e-12));
      for (int d = 0; d < dimensions; d++) {
        constants[part] -= Math.log(factors[part][d][d]);
      }
    }
    double[] logs = new double[parts];
    double[] solved = new double[dimensions];
    for (int i = 0; i < points.length; i++) {
      double largest = Double.NEGATIVE_INFINITY;
      for (int part = 0; part < parts; part++) {
        logs[part] = constants[part] - squaredNorm(points[i], part, solved) / 2;
        largest = Math.max(largest, logs[part]);
      }
      double sum = 0;
      for (int part = 0; part < parts; part++) {
        logs[part] = Math.exp(logs[part] - largest);
        sum += logs[part];
      }
      for (int part = 0; part < parts; part++) {
        shares[part][i] = logs[part] / sum;
      }
    }
  }

  /** Returns |L^-1 (point - mean)|^2 by forward substitution. */
  private double squaredNorm(double[] point, int part, double[] solved) {
    double norm = 0;
    for (int d = 0; d < dimensions; d++) {
      double rest = point[d] - means[part][d];
      double[] row = factors[part][d];
      for (int e = 0; e < d; e++) {
        rest -= row[e] * solved[e];
      }
      solved[d] = rest / row[d];
      norm += solved[d] * solved[d];
    }
    return norm;
  }

  /** Draws a point. */
  void draw(SplittableRandom random, float[] target, int from) {
    double left = random.nextDouble() * Arrays.stream(weights).sum();
    int part = 0;
    while (part < weights.length - 1 && (left -= weights[part]) >= 0) {
      part++;
    }
    double[] independent = new double[dimensions];
    for (int d = 0; d < dimensions; d++) {
      independent[d] = random.nextGaussian();
      double value = means[part][d];
      for (int e = 0; e <= d; e++) {
        value += factors[part][d][e] * independent[e];
      }
      target[from + d] = (float) value;
    }
  }

  /** Returns its tables as tensors. */
  Tensors tensors() {
    int parts = weights.length;
    float[] weightValues = new float[parts];
    float[] meanValues = new float[parts * dimensions];
    float[] factorValues = new float[parts * dimensions * dimensions];
    for (int part = 0; part < parts; part++) {
      weightValues[part] = (float) weights[part];
      for (int d = 0; d < dimensions; d++) {
        int place = part * dimensions + d;
        meanValues[place] = (float) means[part][d];
        for (int e = 0; e <= d; e++) {
          factorValues[place * dimensions + e] = (float) factors[part][d][e];
        }
      }
    }
    return Tensors.of(
        Map.of(
            "weights", Tensor.of(weightValues, parts),
            "means", Tensor.of(meanValues, parts, dimensions),
            "factors", Tensor.of(factorValues, parts, dimensions, dimensions)));
  }

  /** Makes it again of its tensors. */
  static GaussianMixture of(Tensors tensors) {
    Tensor weightTensor = tensors.get("weights");
    int parts = weightTensor.size();
    int dimensions = tensors.get("means").dimension(1);
    double[] weights = new double[parts];
    double[][] means = new double[parts][dimensions];
    double[][][] factors = new double[parts][dimensions][dimensions];
    for (int part = 0; part < parts; part++) {
      weights[part] = weightTensor.get(part);
      for (int d = 0; d < dimensions; d++) {
        int place = part * dimensions + d;
        means[part][d] = tensors.get("means").get(place);
        for (int e = 0; e <= d; e++) {
          factors[part][d][e] = tensors.get("factors").get(place * dimensions + e);
        }
      }
    }
    return new GaussianMixture(dimensions, weights, means, factors);
  }
}
