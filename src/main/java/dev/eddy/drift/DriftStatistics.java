package dev.eddy.drift;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/** Distances of two samples, and how likely such a distance is without drift. */
final class DriftStatistics {
  private static final int TERMS = 100;

  private DriftStatistics() {}

  /**
   * Population stability index: the symmetric Kullback-Leibler divergence of two histograms, in
   * nats. Half a record is added to each bin, so that an empty one does not make it infinite.
   */
  static double psi(long[] reference, long[] current) {
    double referenceSum = 0;
    double currentSum = 0;
    for (int bin = 0; bin < reference.length; bin++) {
      referenceSum += reference[bin] + 0.5;
      currentSum += current[bin] + 0.5;
    }
    double psi = 0;
    for (int bin = 0; bin < reference.length; bin++) {
      double expected = (reference[bin] + 0.5) / referenceSum;
      double actual = (current[bin] + 0.5) / currentSum;
      psi += (actual - expected) * Math.log(actual / expected);
    }
    return psi;
  }

  /**
   * Returns the chance of at least this PSI when both samples come from one distribution: PSI times
   * the harmonic sample size is asymptotically chi-squared with one degree of freedom less than
   * there are bins (Yurdakul, "Statistical properties of population stability index", 2018).
   */
  static double psiPValue(double psi, int bins, double referenceRows, double currentRows) {
    double size = referenceRows * currentRows / (referenceRows + currentRows);
    return chiSquaredTail(psi * size, bins - 1);
  }

  /** Total variation distance of two histograms, in [0, 1]. */
  static double totalVariation(long[] reference, long[] current) {
    double referenceSum = sum(reference);
    double currentSum = sum(current);
    double distance = 0;
    for (int bin = 0; bin < reference.length; bin++) {
      distance += Math.abs(reference[bin] / referenceSum - current[bin] / currentSum) / 2;
    }
    return distance;
  }

  static long sum(long[] counts) {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }

  /**
   * Two-sample Kolmogorov-Smirnov statistic: the largest distance of the empirical distribution
   * functions. Ties are taken together.
   *
   * @param reference ascending, not empty
   * @param current ascending, not empty
   */
  static double ks(double[] reference, double[] current) {
    double largest = 0;
    int i = 0;
    int j = 0;
    while (i < reference.length && j < current.length) {
      double value = Math.min(reference[i], current[j]);
      while (i < reference.length && reference[i] == value) {
        i++;
      }
      while (j < current.length && current[j] == value) {
        j++;
      }
      double distance = Math.abs((double) i / reference.length - (double) j / current.length);
      largest = Math.max(largest, distance);
    }
    return largest;
  }

  /**
   * Returns the chance of at least this Kolmogorov-Smirnov distance when both samples come from one
   * distribution, by Kolmogorov's limit with Stephens' correction for small samples.
   */
  static double ksPValue(double distance, double referenceRows, double currentRows) {
    double root = Math.sqrt(referenceRows * currentRows / (referenceRows + currentRows));
    double lambda = (root + 0.12 + 0.11 / root) * distance;
    if (lambda < 0.2) {
      return 1; // the series below converges slowly there, and the value is 1 to 12 digits
    }
    double sum = 0;
    for (int k = 1; k <= TERMS; k++) {
      double term = Math.exp(-2.0 * k * k * lambda * lambda);
      sum += k % 2 == 1 ? term : -term;
    }
    return Math.max(0, Math.min(1, 2 * sum));
  }

  /**
   * Returns the upper tail of the chi-squared distribution; 1 where there is nothing to compare.
   */
  static double chiSquaredTail(double value, int degrees) {
    return degrees < 1 ? 1 : ChiSquaredDistribution.of(degrees).survivalProbability(value);
  }
}
