package dev.eddy.model;

import ai.djl.ndarray.NDArray;

/**
 * How far a critic is from slope 1 (Gulrajani et al., "Improved Training of Wasserstein GANs",
 * 2017, arXiv:1704.00028).
 */
public final class GradientPenalty {
  /** Weight of the penalty beside the critic's loss. */
  public static final float WEIGHT = 10;

  private static final float TINY = 1e-12f; // keeps the root differentiable at 0

  private GradientPenalty() {}

  /**
   * Returns the mean of (norm - 1)^2.
   *
   * @param squaredNorms of the critic's derivative by its input, shape (batch)
   */
  public static NDArray of(NDArray squaredNorms) {
    return squaredNorms.add(TINY).sqrt().sub(1).square().mean();
  }
}
