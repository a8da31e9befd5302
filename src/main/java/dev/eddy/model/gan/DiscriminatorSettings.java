package dev.eddy.model.gan;

/**
 * How a discriminator is trained.
 *
 * @param trim share of the real rows of each batch, those of highest loss, that is left out from 30
 *     % of the steps on, in [0, 0.9]
 * @param lowNoise smallest deviation of the noise that makes a fake of a real row, {@code > 0}
 * @param highNoise largest; one is drawn for each row, log-uniformly
 * @param noiseWeight weight of the noise fakes' loss, {@code >= 0}; 0 for none
 * @param generatedWeight weight of the generated rows' loss, {@code >= 0}
 * @param dropout share of hidden units left out in training, in [0, 1)
 * @param weightDecay decoupled, {@code >= 0}
 * @param steps optimisation steps, {@code >= 2}
 */
public record DiscriminatorSettings(
    double trim,
    double lowNoise,
    double highNoise,
    double noiseWeight,
    double generatedWeight,
    double dropout,
    double weightDecay,
    int steps) {
  /** Against noise and generated rows, on ASINH rows that were trimmed before. */
  public static final DiscriminatorSettings ROWS =
      new DiscriminatorSettings(0.2, 0.7, 4, 1, 0.3, 0, 1e-4, 500);

  /** Against noise, on latent means and residuals of an autoencoder. */
  public static final DiscriminatorSettings RESIDUALS =
      new DiscriminatorSettings(0.2, 0.5, 4, 1, 0, 0, 1e-4, 500);

  /** With labelled anomalies and noise fakes, which keep unseen kinds of anomaly suspicious. */
  public static final DiscriminatorSettings LABELLED =
      new DiscriminatorSettings(0.05, 0.5, 3, 0.5, 0, 0.1, 1e-3, 500);

  /** With labelled anomalies alone. */
  public static final DiscriminatorSettings LABELLED_PLAIN =
      new DiscriminatorSettings(0.05, 0.5, 3, 0, 0, 0.1, 1e-3, 500);

  /** Refuses values out of range. */
  public DiscriminatorSettings {
    if (!(trim >= 0
        && trim <= 0.9
        && lowNoise > 0
        && highNoise >= lowNoise
        && noiseWeight >= 0
        && generatedWeight >= 0
        && dropout >= 0
        && dropout < 1
        && weightDecay >= 0
        && steps >= 2)) {
      throw new IllegalArgumentException(
          ("discriminator must have trim in [0, 0.9], 0 < lowNoise <= highNoise, weights >= 0,"
                  + " dropout in [0, 1), weightDecay >= 0 and steps >= 2, got trim %s, noise %s to"
                  + " %s, weights %s and %s, dropout %s, decay %s, steps %d")
              .formatted(
                  trim,
                  lowNoise,
                  highNoise,
                  noiseWeight,
                  generatedWeight,
                  dropout,
                  weightDecay,
                  steps));
    }
  }

  /** Returns the same with another trim. */
  public DiscriminatorSettings withTrim(double trim) {
    return new DiscriminatorSettings(
        trim, lowNoise, highNoise, noiseWeight, generatedWeight, dropout, weightDecay, steps);
  }

  /** Returns the same with as many steps. */
  public DiscriminatorSettings withSteps(int steps) {
    return new DiscriminatorSettings(
        trim, lowNoise, highNoise, noiseWeight, generatedWeight, dropout, weightDecay, steps);
  }
}
