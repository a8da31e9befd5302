package dev.eddy.augmentation;

/** Standard normal scores of tokens: what a value's rank in its column is on the normal scale. */
final class NormalScores {
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
    return (density(quantile(from)) - density(quantile(to))) / (to - from);
  }

  private static double density(double x) {
    return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }

  /**
   * Returns the quantile of the standard normal distribution, bounded to +-6: Abramowitz and
   * Stegun, "Handbook of Mathematical Functions", 26.2.23, error below 4.5e-4.
   */
  static double quantile(double p) {
    if (p <= 1e-9 || p >= 1 - 1e-9) {
      return p < 0.5 ? -6 : 6;
    }
    double t = Math.sqrt(-2 * Math.log(Math.min(p, 1 - p)));
    double numerator = 2.515517 + t * (0.802853 + t * 0.010328);
    double denominator = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308));
    double x = t - numerator / denominator;
    return p < 0.5 ? -x : x;
  }
}
