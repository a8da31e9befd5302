package dev.eddy.scoring;

import dev.eddy.feature.FeatureMatrix;

/**
 * One batch of rows in the representations that detectors share, computed once a batch.
 *
 * @param linear rows as the encoder wrote them: numbers as robust z-scores (median 0, typical
 *     spread 1), unbounded
 * @param asinh the same rows through asinh, column by column standardised to mean 0 and deviation 1
 *     over the training rows; columns that were constant there are left out
 * @param standardised the linear rows without asinh, standardised in the same way, clipped to [-20,
 *     20]; the same columns are left out
 */
public record DetectorInput(FeatureMatrix linear, FeatureMatrix asinh, FeatureMatrix standardised) {
  /** Returns how many rows there are. */
  public int rows() {
    return linear.rows();
  }

  /** Returns these rows of the batch, in this order. */
  DetectorInput select(int[] rows) {
    return new DetectorInput(linear.select(rows), asinh.select(rows), standardised.select(rows));
  }
}
