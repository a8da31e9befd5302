package dev.eddy.model.detector;

import dev.eddy.feature.FeatureMatrix;

/**
 * The same rows in the two representations that the networks read.
 *
 * @param asinh through asinh, standardised by column
 * @param standardised linear, standardised by column, clipped to [-20, 20]
 */
public record NetworkRows(FeatureMatrix asinh, FeatureMatrix standardised) {
  /** Refuses representations of different rows. */
  public NetworkRows {
    if (asinh.rows() != standardised.rows()) {
      throw new IllegalArgumentException(
          "representations must have as many rows as each other, got %d and %d"
              .formatted(asinh.rows(), standardised.rows()));
    }
  }

  /** Returns how many rows there are. */
  public int rows() {
    return asinh.rows();
  }
}
