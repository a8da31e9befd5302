package dev.eddy.model;

import java.util.Map;

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

  /**
   * Called in place of {@link #progress(String, int, int, double)} where more is known.
   *
   * @param parts of the last batch, by name: of an autoencoder {@code reconstruction} and {@code
   *     kl} in nats, which make the negative ELBO; of a discriminator {@code realRight} and {@code
   *     fakeRight}, the shares of real and of other rows that it tells correctly
   */
  default void progress(
      String network, int step, int steps, double loss, Map<String, Double> parts) {
    progress(network, step, steps, loss);
  }
}
