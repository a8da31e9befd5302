package dev.eddy.model.detector;

/**
 * Which networks there are, beside the two autoencoders.
 *
 * @param discriminators whether the discriminators are trained
 * @param trim share of each batch that the autoencoder and the discriminator leave out as probably
 *     anomalous, in [0, 0.9]; 0.35 for contaminated data, 0.1 for normal data with many rare modes
 * @param minimumAnomalies labelled anomalies from which on discriminators learn from them
 * @param steps optimisation steps of each network
 */
public record NetworkSettings(
    boolean discriminators, double trim, int minimumAnomalies, int steps) {
  /** All networks, for contaminated data and for normal data alike. */
  public static final NetworkSettings DEFAULT = new NetworkSettings(true, 0.35, 3, 500);

  /** The autoencoders alone. */
  public NetworkSettings withoutDiscriminators() {
    return new NetworkSettings(false, trim, minimumAnomalies, steps);
  }
}
