package dev.eddy.model;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/**
 * The robust mean of a batch's losses: from 30 % of the steps on, the highest are left out. Before
 * that the network does not yet know what is ordinary.
 *
 * @param share of the rows left out, in [0, 0.9]
 * @param steps of the whole training; 0: the network knows already
 */
public record Trim(double share, int steps) {
  private static final double START = 0.3;

  /** Leaves the highest out in every step: the network knows from before what is ordinary. */
  public static Trim always(double share) {
    return new Trim(share, 0);
  }

  /**
   * Averages the lowest losses.
   *
   * @param losses shape (batch)
   * @param step from 0
   * @return a scalar, attached to the losses' manager
   */
  public NDArray mean(NDArray losses, int step) {
    if (share == 0 || step < START * steps) {
      return losses.mean();
    }
    long kept = Math.max(1, (long) ((1 - share) * losses.size()));
    PtNDArray sorted = JniUtils.sort((PtNDArray) losses, 0, false);
    return JniUtils.slice(sorted, 0, 0, kept, 1).mean();
  }
}
