package dev.eddy.scoring;

import java.util.Arrays;
import java.util.Locale;

/**
 * Watches whether p-values keep their promise: of normal records as many as p have a p-value of at
 * most p. Where the stream has drifted away from what the calibration was fitted on, many more
 * have, and neither thresholds nor the alert budget mean what they say.
 *
 * <p>What is measured is how much larger than p the share of recent records with a p-value of at
 * most p gets, for p up to a quarter: the one-sided Kolmogorov-Smirnov distance, as far as it bears
 * on decisions. The limit is a size of effect, not a significance, because neighbouring records
 * resemble each other: at {@value #FEWEST} independent records {@value #BROKEN} is four times what
 * chance exceeds once in a hundred times. p-values that are too large are no broken promise. A
 * stream of which a sixth is anomalous looks the same as one that has drifted: the watch says that
 * the promise does not hold, not why.
 *
 * <p>Records are weighted exponentially, with a half-life of {@value #HALF_LIFE} records. Safe for
 * use by several threads.
 */
public final class CalibrationWatch {
  /** Records before which nothing is said. */
  public static final int FEWEST = 2_000;

  static final int HALF_LIFE = 5_000;

  /** Distance from which on the promise does not hold. */
  static final double BROKEN = 0.15;

  /** Distance below which it holds again. */
  static final double MENDED = 0.08;

  /** The p-value whose realised share is shown. */
  public static final double SHOWN = 0.01;

  private static final double[] PROMISED = {0.001, SHOWN, 0.02, 0.05, 0.1, 0.15, 0.2, 0.25};
  private static final double DECAY = Math.pow(0.5, 1.0 / HALF_LIFE);

  private final double[] surprises = new double[PROMISED.length];
  private final double[] weights = new double[PROMISED.length];
  private double weight;
  private long records;
  private boolean broken;

  /** Makes a watch that has seen nothing. */
  public CalibrationWatch() {
    for (int i = 0; i < surprises.length; i++) {
      surprises[i] = -Math.log(PROMISED[i]);
    }
  }

  /**
   * What was seen.
   *
   * @param records seen since the start or the last change of the model
   * @param realised weighted share of records with p at most {@link CalibrationWatch#SHOWN}; 0
   *     before the first
   * @param promised the p that is kept worst; 0 before the first
   * @param distance how much larger than that the share with p at most that is
   * @param holds whether p-values keep their promise as far as can be told
   */
  public record Finding(
      long records, double realised, double promised, double distance, boolean holds) {
    /** Returns what is wrong, for a person; what is right where nothing is. */
    public String reason() {
      if (records < FEWEST) {
        return "fewer than %d records were seen".formatted(FEWEST);
      }
      return holds
          ? share(SHOWN, realised)
          : "calibration does not hold: " + share(promised, promised + distance);
    }

    private static String share(double p, double share) {
      return String.format(
          Locale.ROOT, "p at most %s has %.1f %% of recent records", p, 100 * share);
    }
  }

  /**
   * Notes a record's score.
   *
   * @param score -ln of its p-value
   * @return whether the finding changed between holding and not holding
   */
  public synchronized boolean add(double score) {
    for (int i = 0; i < weights.length; i++) {
      weights[i] = DECAY * weights[i] + (score >= surprises[i] ? 1 : 0);
    }
    weight = DECAY * weight + 1;
    records++;
    boolean before = broken;
    if (records >= FEWEST) {
      broken = excess(worst()) >= (broken ? MENDED : BROKEN);
    }
    return broken != before;
  }

  /** Forgets what it saw: another calibration serves. */
  public synchronized void restart() {
    Arrays.fill(weights, 0);
    weight = 0;
    records = 0;
    broken = false;
  }

  /** Returns what was seen so far. */
  public synchronized Finding finding() {
    double realised = weight == 0 ? 0 : weights[1] / weight;
    int worst = worst();
    return weight == 0
        ? new Finding(0, 0, 0, 0, true)
        : new Finding(records, realised, PROMISED[worst], excess(worst), !broken);
  }

  /** Returns the place of the promise whose share exceeds it most. */
  private int worst() {
    int worst = 0;
    for (int i = 1; i < weights.length; i++) {
      worst = excess(i) > excess(worst) ? i : worst;
    }
    return worst;
  }

  private double excess(int place) {
    return weights[place] / weight - PROMISED[place];
  }
}
