package dev.eddy.augmentation;

import org.apache.commons.statistics.distribution.NormalDistribution;

/** Standard normal scores of tokens: what a value's rank in its column is on the normal scale. */
final class NormalScores {
  private static final NormalDistribution STANDARD_NORMAL = NormalDistribution.of(0, 1);

  private NormalScores() {}

  /**
   * Returns the mean score of each token: that of a standard normal between the quantiles at which
   * the token starts and ends when a column's tokens stand in order.
   *
   * @param shares of each token; sums to 1 by column
   */
  static double[] ofTokens(TokenLayout layout, double[] shares) {
    double[] scores = new double[layout.width()];
    for (int column = 0; column < layout.columns().size(); column++) {
      TokenColumn tokens = layout.columns().get(column);
      int[] byPlace = new int[tokens.tokens()];
      for (int token = 0; token < byPlace.length; token++) {
        byPlace[tokens.place(token)] = token;
      }
      double below = 0;
      for (int token : byPlace) {
        int place = layout.offset(column) + token;
        scores[place] = mean(below, below + shares[place]);
        below += shares[place];
      }
    }
    return scores;
  }

  /** Returns the mean of a standard normal between two of its quantiles. */
  static double mean(double from, double to) {
    if (to - from < 1e-6) {
      return quantile((from + to) / 2);
    }
    return (STANDARD_NORMAL.density(quantile(from)) - STANDARD_NORMAL.density(quantile(to)))
        / (to - from);
  }

  /** Returns the quantile of the standard normal distribution, bounded to +-6. */
  static double quantile(double p) {
    if (p <= 1e-9 || p >= 1 - 1e-9) {
      return p < 0.5 ? -6 : 6;
    }
    return STANDARD_NORMAL.inverseCumulativeProbability(p);
  }
}
