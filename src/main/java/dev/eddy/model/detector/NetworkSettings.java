package dev.eddy.model.detector;

/**
 * Which networks there are and how they are trained.
 *
 * @param discriminators whether there are discriminators beside the autoencoders
 * @param trim share of each batch that networks on ASINH rows leave out as probably anomalous, in
 *     [0, 0.9]; 0.35 for contaminated data, 0.1 for normal data with many rare modes
 * @param minimumAnomalies labelled anomalies from which on discriminators learn from them, {@code
 *     >= 1}
 * @param steps optimisation steps of each network, {@code >= 2}
 */
public record NetworkSettings(
    boolean discriminators, double trim, int minimumAnomalies, int steps) {
  /** All networks, for contaminated data and for normal data alike. */
  public static final NetworkSettings DEFAULT = new NetworkSettings(true, 0.35, 3, 500);

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
    return new NetworkSettings(false, trim, minimumAnomalies, steps);
  }

  /** Returns the same with another trim. */
  public NetworkSettings withTrim(double trim) {
    return new NetworkSettings(discriminators, trim, minimumAnomalies, steps);
  }

  /** Returns the same with as many steps. */
  public NetworkSettings withSteps(int steps) {
    return new NetworkSettings(discriminators, trim, minimumAnomalies, steps);
  }
}
