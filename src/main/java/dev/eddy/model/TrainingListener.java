package dev.eddy.model;

/** Hears how a training goes on. Called by the training thread; must be quick. */
@FunctionalInterface
public interface TrainingListener {
  /** Hears nothing. */
  TrainingListener NONE = (network, step, steps, loss) -> {};

  /**
   * Called now and then, and after the last step.
   *
   * @param network name of the network, for example {@code vae.a}
   * @param step optimisation steps done
   * @param steps steps that will be done in all
   * @param loss of the last batch, in nats
   */
  void progress(String network, int step, int steps, double loss);
}
