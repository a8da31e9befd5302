package dev.eddy.model.detector;

/**
 * Which networks there are and how they are trained.
 *
 * @param discriminators whether there are discriminators beside the autoencoders
 * @param contaminated whether the rows are taken to hold anomalies. If so, discriminators learn
 *     from the rows that the autoencoder finds ordinary and from some that it generates; if not,
 *     from all rows and from noise alone
 * @param trim share of rows that networks on ASINH rows leave out as probably anomalous, in [0,
 *     0.9]
 * @param minimumAnomalies labelled anomalies from which on discriminators learn from them, {@code
 *     >= 1}
 * @param steps optimisation steps of each network, {@code >= 2}
 */
public record NetworkSettings(
    boolean discriminators, boolean contaminated, double trim, int minimumAnomalies, int steps) {
  /** All networks, for rows with some anomalies among them. */
  public static final NetworkSettings CONTAMINATED = new NetworkSettings(true, true, 0.35, 3, 500);

  /** All networks, for normal rows; robust against a few anomalies all the same. */
  public static final NetworkSettings ONE_CLASS = new NetworkSettings(true, false, 0.35, 3, 500);

  /** Refuses values out of range. */
  public NetworkSettings {
    if (!(trim >= 0 && trim <= 0.9 && minimumAnomalies >= 1 && steps >= 2)) {
      throw new IllegalArgumentException(
          "networks must have trim in [0, 0.9], minimumAnomalies >= 1 and steps >= 2, got %s, %d, %d"
              .formatted(trim, minimumAnomalies, steps));
    }
  }

  /** Returns the same with the autoencoders alone. */
  public NetworkSettings withoutDiscriminators() {
    return new NetworkSettings(false, contaminated, trim, minimumAnomalies, steps);
  }

  /** Returns the same with another trim. */
  public NetworkSettings withTrim(double trim) {
    return new NetworkSettings(discriminators, contaminated, trim, minimumAnomalies, steps);
  }

  /** Returns the same with as many steps. */
  public NetworkSettings withSteps(int steps) {
    return new NetworkSettings(discriminators, contaminated, trim, minimumAnomalies, steps);
  }
}
