package dev.eddy.model.detector;

import dev.eddy.model.DeviceListener;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.Tensors;
import dev.eddy.model.TrainingListener;
import java.util.Optional;

/**
 * The trained networks, on the heap. Immutable; safe for use by several threads, each of which
 * opens a {@link NetworkScorer} of its own.
 */
public final class DetectorNetworks {
  private DetectorNetworks() {}

  /**
   * Trains all networks. The same rows, settings and seed give the same weights on the CPU.
   *
   * @param rows without the labelled anomalies; the rest may hold some that nobody labelled
   * @param anomalies labelled ones, may have no rows
   */
  public static DetectorNetworks train(
      NetworkRows rows,
      NetworkRows anomalies,
      NetworkSettings settings,
      long seed,
      ModelDevice device,
      DeviceListener deviceListener,
      TrainingListener progress) {
    throw new IllegalStateException(
        "under construction"
            + rows
            + anomalies
            + settings
            + seed
            + device
            + deviceListener
            + progress);
  }

  /** Puts networks together from the tensors of an artifact. */
  public static DetectorNetworks of(Tensors vae, Optional<Tensors> gan) {
    throw new IllegalStateException("under construction" + vae + gan);
  }

  /** Returns the parameters of the autoencoders. */
  public Tensors vae() {
    throw new IllegalStateException("under construction");
  }

  /** Returns the parameters of the discriminators, if there are any. */
  public Optional<Tensors> gan() {
    throw new IllegalStateException("under construction");
  }

  /** Opens a scorer on a device; the caller closes it. */
  public NetworkScorer open(ModelDevice device, DeviceListener listener) {
    throw new IllegalStateException("under construction" + device + listener);
  }
}
