package dev.eddy.scoring;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The scores of one batch on one scale: -ln of a p-value, so 0 is the most ordinary and 4.6 is one
 * normal record in a hundred.
 */
public final class ScoredBatch {
  private final double[] fused;
  private final double[] unlabelled;
  private final List<String> detectorNames;
  private final double[][] detectors;

  /**
   * Takes over the arrays of scores that no labels went into.
   *
   * @param fused one value a row
   * @param detectors one array of as many values for each name
   */
  public ScoredBatch(double[] fused, List<String> detectorNames, double[][] detectors) {
    this(fused, fused, detectorNames, detectors);
  }

  /**
   * Takes over the arrays.
   *
   * @param fused one value a row
   * @param unlabelled the fused score of those parts alone that know no labels, one value a row
   * @param detectors one array of as many values for each name
   */
  public ScoredBatch(
      double[] fused, double[] unlabelled, List<String> detectorNames, double[][] detectors) {
    this.fused = fused;
    this.unlabelled = unlabelled;
    this.detectorNames = List.copyOf(detectorNames);
    this.detectors = detectors;
  }

  /** Returns how many rows were scored. */
  public int rows() {
    return fused.length;
  }

  /** Returns the fused score of a row, -ln of its p-value. */
  public double score(int row) {
    return fused[row];
  }

  /**
   * Returns what the parts say together that know no labels, -ln of its p-value: labels speak for
   * the kinds of anomalies that people have seen, this for all others.
   */
  public double unlabelledScore(int row) {
    return unlabelled[row];
  }

  /** Returns the share of normal records that look at least as anomalous, in (0, 1]. */
  public double pValue(int row) {
    return Math.exp(-fused[row]);
  }

  /** Returns the names of the parts' scores. */
  public List<String> detectorNames() {
    return detectorNames;
  }

  /** Returns a part's score of each row by the part's place among the names; not to be changed. */
  public double[] detector(int place) {
    return detectors[place];
  }

  /** Returns the parts' scores, one array of a value a row for each name. */
  List<double[]> detectorScores() {
    return List.of(detectors);
  }

  /**
   * Returns the parts' scores of a row by name, each -ln of its own p-value; without those that
   * have nothing to say of it.
   */
  public Map<String, Double> detectors(int row) {
    Map<String, Double> scores = new LinkedHashMap<>();
    for (int i = 0; i < detectors.length; i++) {
      if (!Double.isNaN(detectors[i][row])) {
        scores.put(detectorNames.get(i), detectors[i][row]);
      }
    }
    return scores;
  }
}
