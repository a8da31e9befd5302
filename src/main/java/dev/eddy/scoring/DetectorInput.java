package dev.eddy.scoring;

import dev.eddy.feature.FeatureMatrix;

/**
 * One batch of rows in the representations that detectors share, computed once a batch.
 *
 * @param linear rows as the encoder wrote them: numbers as robust z-scores (median 0, typical
 *     spread 1), unbounded
 * @param asinh the same rows through asinh, column by column standardised to mean 0 and deviation 1
 *     over the training rows; columns that were constant there are left out
 */
public record DetectorInput(FeatureMatrix linear, FeatureMatrix asinh) {
  /** Returns how many rows there are. */
  public int rows() {
    return linear.rows();
  }
}
