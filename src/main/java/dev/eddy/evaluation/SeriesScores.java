package dev.eddy.evaluation;

import dev.eddy.scoring.OnlineCalibration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the detector and the baselines say of one entity's rows, in their order.
 *
 * @param learned how many of the first rows the detector learned from
 * @param anomalous the truth of each row
 * @param opinions -ln of the p-value by name, a value a row: {@link #MODEL}, {@link #BASELINE} and
 *     each part of the model; without a model where there was nothing to learn
 */
@SuppressWarnings(
    "ArrayRecordComponent") // handed on within one evaluation; equality is never asked
public record SeriesScores(
    String entity, int learned, boolean[] anomalous, Map<String, double[]> opinions) {
  /** The ensemble's fused score. */
  public static final String MODEL = "model";

  /** The baselines' fused score. */
  public static final String BASELINE = "baseline";

  /** Copies the map. */
  public SeriesScores {
    opinions = Collections.unmodifiableMap(new LinkedHashMap<>(opinions));
  }

  /**
   * Returns the mean over all opinions of -ln p, where each is calibrated anew against its own
   * values so far: a model that learned from a short start soon meets values that it has never
   * seen, and what was odd at first becomes ordinary.
   */
  public double[] followed() {
    double[] mean = new double[anomalous.length];
    for (double[] values : opinions.values()) {
      OnlineCalibration calibration = new OnlineCalibration();
      for (int row = 0; row < mean.length; row++) {
        mean[row] += calibration.surprise(values[row]) / opinions.size();
      }
    }
    return mean;
  }

  /**
   * Keeps a score only where it is higher than all of so many rows before it, as an alert is raised
   * once and again only when it gets worse; elsewhere it is 0.
   */
  public static double[] onsets(double[] scores, int rows) {
    double[] onsets = new double[scores.length];
    Deque<Integer> falling = new ArrayDeque<>(); // rows of the window, each higher than those after
    for (int row = 0; row < scores.length; row++) {
      while (!falling.isEmpty() && falling.getFirst() < row - rows) {
        falling.removeFirst();
      }
      onsets[row] = falling.isEmpty() || scores[row] > scores[falling.getFirst()] ? scores[row] : 0;
      while (!falling.isEmpty() && scores[falling.getLast()] <= scores[row]) {
        falling.removeLast();
      }
      falling.addLast(row);
    }
    return onsets;
  }
}
