package dev.eddy.model;

/**
 * A loss was not finite, or a training could not be mended: the training is of no use and no model
 * comes from it.
 */
public final class TrainingDivergedException extends RuntimeException {
  /**
   * Says where it happened.
   *
   * @param network name of the network
   * @param step the step whose loss it was, from 0
   * @param loss the value found
   */
  public TrainingDivergedException(String network, int step, double loss) {
    super("network %s: loss must be finite, got %s at step %d".formatted(network, loss, step));
  }

  /** Says what happened where it was no single loss. */
  public TrainingDivergedException(String message) {
    super(message);
  }
}
