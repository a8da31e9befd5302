package dev.eddy.stream.model;

import dev.eddy.feature.Encoder;
import dev.eddy.feature.FeatureMatrix;

/** Rows that any model must be able to score: each number at its training median. */
public final class OrdinaryRows {
  private OrdinaryRows() {}

  /** Makes so many rows for an encoder. */
  public static FeatureMatrix of(Encoder encoder, int rows) {
    var matrix = new FeatureMatrix(encoder.width(), rows);
    for (int i = 0; i < rows; i++) {
      matrix.append();
    }
    return matrix;
  }
}
