package dev.eddy.model.detector;

import dev.eddy.model.DeviceListener;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.Tensors;
import dev.eddy.model.TrainingTask;
import java.util.Optional;

/**
 * The trained networks, on the heap. Immutable; safe for use by several threads, each of which
 * opens a {@link NetworkScorer} of its own.
 */
public final class DetectorNetworks {
  private final Tensors vae;
  private final Optional<Tensors> gan;

  private DetectorNetworks(Tensors vae, Optional<Tensors> gan) {
    this.vae = vae;
    this.gan = gan;
  }

  /**
   * Trains all networks. The same rows, settings and seed give the same weights on the CPU.
   *
   * @param rows without the labelled anomalies; the rest may hold some that nobody labelled; at
   *     least two
   * @param anomalies labelled ones, may have no rows
   * @throws dev.eddy.model.TrainingDivergedException if a loss is not finite
   */
  public static DetectorNetworks train(
      NetworkRows rows,
      NetworkRows anomalies,
      NetworkSettings settings,
      long seed,
      TrainingTask task) {
    var training = new NetworkTraining(settings, seed, task);
    Tensors vae = training.autoencoders(rows);
    return new DetectorNetworks(
        vae,
        settings.discriminators()
            ? Optional.of(training.discriminators(vae, rows, anomalies))
            : Optional.empty());
  }

  /**
   * Puts networks together from the tensors of an artifact.
   *
   * @param gan empty when there are no discriminators
   * @throws IllegalArgumentException if a tensor is missing
   */
  public static DetectorNetworks of(Tensors vae, Optional<Tensors> gan) {
    return new DetectorNetworks(vae, gan);
  }

  /** Returns the parameters of the autoencoders. */
  public Tensors vae() {
    return vae;
  }

  /** Returns the parameters of the discriminators, if there are any. */
  public Optional<Tensors> gan() {
    return gan;
  }

  /** Opens a scorer on a device; the caller closes it. */
  public NetworkScorer open(ModelDevice device, DeviceListener listener) {
    return new NetworkScorer(vae, gan.orElse(Tensors.EMPTY), device, listener);
  }
}
