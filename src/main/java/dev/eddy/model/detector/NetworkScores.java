package dev.eddy.model.detector;

import dev.eddy.feature.FeatureMatrix;

/** What the networks say of one batch. Takes over its arrays. */
public final class NetworkScores {
  private final double[][] scores;
  private final FeatureMatrix residuals;

  NetworkScores(double[][] scores, FeatureMatrix residuals) {
    this.scores = scores;
    this.residuals = residuals;
  }

  /**
   * Returns raw scores, one array of a value a row for each name in {@link
   * NetworkScorer#scoreNames()}; higher is more anomalous.
   */
  public double[][] scores() {
    return scores;
  }

  /**
   * Returns latent mean and residual of the autoencoder, standardised over the training rows and
   * clipped to [-15, 15]; shape (rows, latent + features).
   */
  public FeatureMatrix residuals() {
    return residuals;
  }
}
