package dev.eddy.model.detector;

import dev.eddy.feature.FeatureMatrix;

/**
 * The same rows in the two representations that the networks read.
 *
 * @param asinh through asinh, standardised by column
 * @param standardised linear, standardised by column, clipped to [-20, 20]
 * @param compression of each row by asinh, in nats: minus the logarithm of the transformation's
 *     Jacobian determinant there, up to a constant. What a density of ASINH rows lacks to be one of
 *     linear rows
 */
@SuppressWarnings("ArrayRecordComponent") // a batch; equality is never asked
public record NetworkRows(FeatureMatrix asinh, FeatureMatrix standardised, double[] compression) {
  /** Refuses representations of different rows. */
  public NetworkRows {
    if (asinh.rows() != standardised.rows() || asinh.rows() != compression.length) {
      throw new IllegalArgumentException(
          "representations must have as many rows as each other, got %d, %d and %d"
              .formatted(asinh.rows(), standardised.rows(), compression.length));
    }
  }

  /** Returns how many rows there are. */
  public int rows() {
    return asinh.rows();
  }
}
