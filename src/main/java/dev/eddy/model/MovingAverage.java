package dev.eddy.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;

/**
 * The exponential moving average of parameters while they are trained: steadier than any one step's
 * (Polyak and Juditsky, 1992; as in Karras et al., 2022, arXiv:2206.00364). An instance belongs to
 * the thread that trains.
 */
public final class MovingAverage implements AutoCloseable {
  private final Parameters averaged;
  private final float decay;

  /**
   * Starts from the parameters' first values.
   *
   * @param decay weight of the past in [0, 1); smaller in the first steps, of which there are few
   */
  public MovingAverage(Tensors start, ModelDevice device, float decay) {
    this.averaged = Parameters.forTraining(start, device);
    this.decay = decay;
    averaged.all().forEach(array -> array.setRequiresGradient(false));
  }

  /** Takes in the parameters after a step, from 0. */
  public void add(Parameters trained, int step) {
    float kept = Math.min(decay, (1f + step) / (10f + step));
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      var latest = trained.all().iterator();
      for (NDArray average : averaged.all()) {
        average.muli(kept).addi(Scale.by(latest.next().stopGradient(), 1 - kept));
      }
    }
  }

  /** Copies the average to the heap. */
  public Tensors toTensors() {
    return averaged.toTensors();
  }

  /** Frees native memory. */
  @Override
  public void close() {
    averaged.close();
  }
}
