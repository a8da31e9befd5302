package dev.eddy.model.vae;

import org.jspecify.annotations.Nullable;

/**
 * How an autoencoder is trained.
 *
 * @param trim share of each batch, those of highest loss, that is left out from 30 % of the steps
 *     on, in [0, 0.9]: under contamination these are mostly the anomalies
 * @param noiseFloor smallest standard deviation of a feature's reconstruction, {@code > 0}
 * @param beta weight of the KL divergence, {@code >= 0} (Higgins et al., "beta-VAE", 2017)
 * @param steps optimisation steps, {@code >= 2}
 * @param batch rows a step, {@code >= 1}
 * @param window columns that are read as a sequence; null: none
 */
public record VaeSettings(
    double trim, double noiseFloor, double beta, int steps, int batch, @Nullable VaeWindow window) {
  /** For ASINH rows that may hold anomalies; its negative ELBO is the score. */
  public static final VaeSettings ASINH = new VaeSettings(0.35, 0.3, 1, 500, 128, null);

  /** For linear rows with their outliers; its KL divergence is the score. */
  public static final VaeSettings LINEAR = new VaeSettings(0, 0.05, 1, 500, 128, null);

  /** Refuses values out of range. */
  public VaeSettings {
    if (!(trim >= 0 && trim <= 0.9 && noiseFloor > 0 && beta >= 0 && steps >= 2 && batch >= 1)) {
      throw new IllegalArgumentException(
          ("vae must have trim in [0, 0.9], noiseFloor > 0, beta >= 0, steps >= 2 and batch >= 1,"
                  + " got %s, %s, %s, %d, %d")
              .formatted(trim, noiseFloor, beta, steps, batch));
    }
  }

  /** Returns the same with another trim. */
  public VaeSettings withTrim(double trim) {
    return new VaeSettings(trim, noiseFloor, beta, steps, batch, window);
  }

  /** Returns the same with another weight of the KL divergence. */
  public VaeSettings withBeta(double beta) {
    return new VaeSettings(trim, noiseFloor, beta, steps, batch, window);
  }

  /** Returns the same with columns that are read as a sequence, or with none. */
  public VaeSettings withWindow(@Nullable VaeWindow window) {
    return new VaeSettings(trim, noiseFloor, beta, steps, batch, window);
  }

  /** Returns the same with as many steps. */
  public VaeSettings withSteps(int steps) {
    return new VaeSettings(trim, noiseFloor, beta, steps, batch, window);
  }
}
