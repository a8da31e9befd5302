package dev.eddy.model.detector;

import dev.eddy.feature.FeatureMatrix;
import java.util.List;

/** Scores rows with all detecting networks at once. An instance belongs to one thread. */
public final class NetworkScorer implements AutoCloseable {
  NetworkScorer() {}

  /** Returns the names of its scores, for example {@code vae.elbo}. */
  public List<String> scoreNames() {
    throw new IllegalStateException("under construction");
  }

  /** Scores one batch. Latent and residual rows are left empty. */
  public double[][] score(NetworkRows rows) {
    throw new IllegalStateException("under construction: " + rows);
  }

  /** Scores one batch and gives the representation that other detectors share. */
  public NetworkScores scoreWithResiduals(NetworkRows rows) {
    throw new IllegalStateException("under construction: " + rows);
  }

  /** Returns what the autoencoder expects instead of each row; ASINH units, same shape. */
  public FeatureMatrix reconstruct(FeatureMatrix asinh) {
    throw new IllegalStateException("under construction: " + asinh.rows());
  }

  @Override
  public void close() {}
}
