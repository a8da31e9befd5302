package dev.eddy.model;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/**
 * A scope in which this thread's operations on trainable parameters are recorded for
 * differentiation.
 *
 * <p>DJL's own gradient collector allows one at a time in a process. The engine below keeps the
 * switch by thread and graphs by their tensors, so this class goes to it directly: several
 * trainings run at the same time without a lock.
 */
public final class Autograd implements AutoCloseable {
  private final boolean before;

  /** Starts recording on this thread. */
  public Autograd() {
    // The engine's threads start with recording on, except the one that loaded it.
    before = JniUtils.isGradMode();
    JniUtils.setGradMode(true);
  }

  /** Adds the derivative of a loss to the gradient of each parameter that it depends on. */
  public void backward(NDArray loss) {
    try (NDArray one = loss.onesLike()) {
      JniUtils.backward((PtNDArray) loss, (PtNDArray) one, false, false);
    }
  }

  /** Puts the thread back as it was. */
  @Override
  public void close() {
    JniUtils.setGradMode(before);
  }
}
