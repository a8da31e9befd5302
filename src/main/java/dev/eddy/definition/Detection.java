package dev.eddy.definition;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * How the detecting ensemble of a stream is trained. Defaults are the same for every stream.
 *
 * @param mode what the unlabelled training records are taken to be
 * @param detectors the parts that are on; at least one
 * @param trim share of the training rows that networks on contaminated data leave out as probably
 *     anomalous, in [0, 0.9]; rare but normal modes need a smaller one
 * @param beta weight of the KL divergence in the autoencoder's loss, {@code >= 0} (Higgins et al.,
 *     "beta-VAE", ICLR 2017)
 * @param objective what the discriminators learn by
 * @param window which network the autoencoder reads lagged values with
 * @param trainingBudget time for the networks' training; when it ends, they stop where they are
 */
public record Detection(
    Mode mode,
    Set<Part> detectors,
    double trim,
    double beta,
    Objective objective,
    Window window,
    Duration trainingBudget) {

  /** What the ensemble is as long as nobody asks for something else. */
  public static final Detection DEFAULT =
      new Detection(
          Mode.AUTO,
          EnumSet.of(
              Part.VAE,
              Part.DISCRIMINATOR,
              Part.NEIGHBOURS,
              Part.FOREST,
              Part.HISTOGRAM,
              Part.COVARIANCE,
              Part.CONTEXT,
              Part.TREES),
          0.35,
          1,
          Objective.NOISE_CONTRASTIVE,
          Window.MLP,
          Duration.ofSeconds(30));

  /** What the unlabelled training records are taken to be. */
  public enum Mode {
    /** Normal where nine tenths of them are labelled so, else contaminated. */
    AUTO,
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
     * some; or the critic of a GAN, as {@link Objective} says.
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
    CONTEXT,
    /** Decision trees between labelled anomalies and all other rows, once there are labels. */
    TREES,
    /** Distance to the nearest large cluster. */
    CLUSTERS,
    /** An autoencoder whose error is measured in a discriminator's features. */
    VAE_GAN,
    /** A GAN with an encoder beside the generator. */
    BIGAN
  }

  /** What a discriminator learns by. */
  public enum Objective {
    /** To tell real rows from noisy ones (Gutmann and Hyvarinen, AISTATS 2010): this detects. */
    NOISE_CONTRASTIVE,
    /** The plain GAN against a generator (Goodfellow et al., 2014, arXiv:1406.2661). */
    NON_SATURATING,
    /** Hinge loss with spectral normalisation (Miyato et al., 2018, arXiv:1802.05957). */
    HINGE,
    /** Wasserstein distance with gradient penalty (Gulrajani et al., 2017, arXiv:1704.00028). */
    WASSERSTEIN
  }

  /** Which network reads a window of lagged values. */
  public enum Window {
    /** None: lagged values are columns like any other. */
    MLP,
    /** One-dimensional convolutions over time. */
    CONVOLUTION,
    /** Self-attention over time. */
    ATTENTION
  }

  /** Copies the set and refuses values out of range. */
  public Detection {
    requireNonNull(mode, "mode");
    requireNonNull(objective, "objective");
    requireNonNull(window, "window");
    if (detectors.isEmpty()
        || !(trim >= 0 && trim <= 0.9)
        || !(beta >= 0)
        || trainingBudget.isNegative()) {
      throw new IllegalArgumentException(
          ("detection must have a detector, trim in [0, 0.9], beta >= 0 and trainingBudget >= 0,"
                  + " got %s, %s, %s, %s")
              .formatted(detectors, trim, beta, trainingBudget));
    }
    detectors = Collections.unmodifiableSet(EnumSet.copyOf(detectors));
  }

  /** Returns the same in another mode. */
  public Detection withMode(Mode mode) {
    return new Detection(mode, detectors, trim, beta, objective, window, trainingBudget);
  }

  /** Returns the same with other parts. */
  public Detection withDetectors(Set<Part> detectors) {
    return new Detection(mode, detectors, trim, beta, objective, window, trainingBudget);
  }

  /** Returns the same with another objective. */
  public Detection withObjective(Objective objective) {
    return new Detection(mode, detectors, trim, beta, objective, window, trainingBudget);
  }

  /** Returns the same with another network over lagged values. */
  public Detection withWindow(Window window) {
    return new Detection(mode, detectors, trim, beta, objective, window, trainingBudget);
  }

  /** Returns the same with another budget. */
  public Detection withTrainingBudget(Duration trainingBudget) {
    return new Detection(mode, detectors, trim, beta, objective, window, trainingBudget);
  }

  /** Returns the same with another share left out. */
  public Detection withTrim(double trim) {
    return new Detection(mode, detectors, trim, beta, objective, window, trainingBudget);
  }

  /** Returns the same with another weight of the KL divergence. */
  public Detection withBeta(double beta) {
    return new Detection(mode, detectors, trim, beta, objective, window, trainingBudget);
  }
}
