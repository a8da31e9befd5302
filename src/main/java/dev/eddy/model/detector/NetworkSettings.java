package dev.eddy.model.detector;

import dev.eddy.definition.Detection.Objective;
import dev.eddy.model.vae.VaeWindow;
import org.jspecify.annotations.Nullable;

/**
 * Which networks there are and how they are trained.
 *
 * @param discriminators whether there are discriminators beside the autoencoders
 * @param objective what they learn by; the critic of a GAN stands in for those without labels where
 *     it is not noise-contrastive
 * @param beta weight of the autoencoders' KL divergence, {@code >= 0}
 * @param contaminated whether the rows are taken to hold anomalies. If so, discriminators learn
 *     from the rows that the autoencoder finds ordinary and from some that it generates; if not,
 *     from all rows and from noise alone
 * @param trim share of rows that networks on ASINH rows leave out as probably anomalous, in [0,
 *     0.9]
 * @param minimumAnomalies labelled anomalies from which on discriminators learn from them, {@code
 *     >= 1}
 * @param steps optimisation steps of each discriminator, {@code >= 2}; an autoencoder does twice as
 *     many
 * @param window columns that the autoencoder on ASINH rows reads as a sequence; null: none
 */
public record NetworkSettings(
    boolean discriminators,
    Objective objective,
    double beta,
    boolean contaminated,
    double trim,
    int minimumAnomalies,
    int steps,
    @Nullable VaeWindow window) {
  /** All networks, for rows with some anomalies among them. */
  public static final NetworkSettings CONTAMINATED =
      new NetworkSettings(true, Objective.NOISE_CONTRASTIVE, 1, true, 0.35, 1, 500, null);

  /** All networks, for normal rows; robust against a few anomalies all the same. */
  public static final NetworkSettings ONE_CLASS =
      new NetworkSettings(true, Objective.NOISE_CONTRASTIVE, 1, false, 0.35, 1, 500, null);

  /** Refuses values out of range. */
  public NetworkSettings {
    if (!(trim >= 0 && trim <= 0.9 && beta >= 0 && minimumAnomalies >= 1 && steps >= 2)) {
      throw new IllegalArgumentException(
          "networks must have trim in [0, 0.9], beta >= 0, minimumAnomalies >= 1 and steps >= 2, got %s, %s, %d, %d"
              .formatted(trim, beta, minimumAnomalies, steps));
    }
  }

  /** Returns the same with the autoencoders alone. */
  public NetworkSettings withoutDiscriminators() {
    return new NetworkSettings(
        false, objective, beta, contaminated, trim, minimumAnomalies, steps, window);
  }

  /** Returns the same with another objective of the discriminators. */
  public NetworkSettings withObjective(Objective objective) {
    return new NetworkSettings(
        discriminators, objective, beta, contaminated, trim, minimumAnomalies, steps, window);
  }

  /** Returns the same with another weight of the KL divergence. */
  public NetworkSettings withBeta(double beta) {
    return new NetworkSettings(
        discriminators, objective, beta, contaminated, trim, minimumAnomalies, steps, window);
  }

  /** Returns the same with columns that are read as a sequence, or with none. */
  public NetworkSettings withWindow(@Nullable VaeWindow window) {
    return new NetworkSettings(
        discriminators, objective, beta, contaminated, trim, minimumAnomalies, steps, window);
  }

  /** Returns the same with another trim. */
  public NetworkSettings withTrim(double trim) {
    return new NetworkSettings(
        discriminators, objective, beta, contaminated, trim, minimumAnomalies, steps, window);
  }

  /** Returns the same with as many steps. */
  public NetworkSettings withSteps(int steps) {
    return new NetworkSettings(
        discriminators, objective, beta, contaminated, trim, minimumAnomalies, steps, window);
  }
}
