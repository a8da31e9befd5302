package dev.eddy.scoring;

import java.util.Set;

/**
 * What the ensemble is made of.
 *
 * @param mode what the training rows are taken to be
 * @param parts names of the parts to train
 */
public record DetectionSettings(Mode mode, Set<Part> parts) {

  /** What the unlabelled training rows are taken to be. */
  public enum Mode {
    /** Mostly normal, with some anomalies among them. */
    CONTAMINATED,
    /** Normal only. */
    ONE_CLASS
  }

  /** A part of the ensemble. */
  public enum Part {
    /** The variational autoencoder: negative ELBO and KL. */
    VAE,
    /**
     * Discriminators trained against noise and generated rows, and against labels once there are
     * some.
     */
    DISCRIMINATOR,
    /** Distance to near rows of a small reference. */
    NEIGHBOURS,
    /** Isolation forest. */
    FOREST,
    /** Histograms, feature by feature. */
    HISTOGRAM,
    /** Mahalanobis distance. */
    COVARIANCE,
    /** Deviation from the entity's own past. */
    CONTEXT
  }

  /** Everything, on contaminated data. */
  public static final DetectionSettings DEFAULT =
      new DetectionSettings(Mode.CONTAMINATED, Set.of(Part.values()));

  /** The networks alone. */
  public static final DetectionSettings NEURAL =
      new DetectionSettings(Mode.CONTAMINATED, Set.of(Part.VAE, Part.DISCRIMINATOR));

  /** Copies the set. */
  public DetectionSettings {
    parts = Set.copyOf(parts);
  }
}
