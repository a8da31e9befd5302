package dev.eddy.scoring;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes one score of the parts' raw scores, and calibrates it.
 *
 * <p>Unsupervised scores are brought to a common scale and averaged by weight: on contaminated data
 * by asinh of the distance from the median in units of the upper spread, which no single score can
 * dominate, and back by sinh, so that the tail is not bent; on normal data by -ln of the p-value,
 * which rewards the score that is surest. Where there are supervised scores, their mean -ln p is
 * added to the unsupervised one, which weighs the less the more anomalies were labelled, but never
 * nothing: it finds the kinds that nobody has labelled yet.
 *
 * @param parts one for each raw score, in their order
 * @param unsupervised calibrates the unsupervised average; null without supervised scores
 * @param unsupervisedWeight its weight beside the supervised scores' 1
 * @param fused calibrates the result
 */
record Fusion(
    Mode mode,
    List<Part> parts,
    @Nullable Calibration unsupervised,
    double unsupervisedWeight,
    Calibration fused) {

  private static final double LEAST_UNSUPERVISED_WEIGHT = 0.3;
  private static final double LABELS_FOR_HALF = 20;

  /** Copies the list. */
  Fusion {
    parts = List.copyOf(parts);
  }

  /**
   * One raw score's place in the fusion.
   *
   * @param name of the score
   * @param weight among the unsupervised scores; 0 for supervised ones
   * @param median over the reference
   * @param spread from the median to the 90 % quantile; positive
   * @param calibration against the reference
   */
  record Part(String name, double weight, double median, double spread, Calibration calibration) {

    static Part fit(String name, double weight, double[] reference) {
      double[] sorted = reference.clone();
      Arrays.sort(sorted);
      double median = sorted[sorted.length / 2];
      double upper = sorted[(int) (0.9 * (sorted.length - 1))] - median;
      double widest = sorted[sorted.length - 1] - median;
      double spread = upper > 0 ? upper : Math.max(widest, 1e-9);
      return new Part(name, weight, median, spread, Calibration.fit(reference));
    }

    boolean supervised() {
      return weight == 0;
    }

    double scaled(Mode mode, double raw) {
      return switch (mode) {
        case CONTAMINATED -> Asinh.of((float) ((raw - median) / spread));
        case ONE_CLASS -> calibration.surprise(raw);
      };
    }
  }

  /**
   * Fits the fusion on held-out rows that nobody calls anomalous. Unlabelled anomalies among them
   * make p-values too large, never too small: where one row in fifty is one, few p-values below
   * 0.02 are given until somebody labels them. Leaving out what looks anomalous instead was tried,
   * and broke the promise on clean data with rare modes: one false alarm in twenty at p = 0.001.
   *
   * @param names of the raw scores
   * @param weights of the raw scores, 0 for supervised ones
   * @param reference raw scores, one array of a value a row for each name
   * @param labelledAnomalies how many anomalies the supervised parts learned from
   */
  static Fusion fit(
      Mode mode,
      List<String> names,
      double[] weights,
      double[][] reference,
      int labelledAnomalies) {
    Fusion fusion = uncalibrated(mode, names, weights, reference, labelledAnomalies);
    double[] combined = fusion.combine(reference);
    return new Fusion(
        mode,
        fusion.parts,
        fusion.unsupervised,
        fusion.unsupervisedWeight,
        Calibration.fit(combined));
  }

  private static Fusion uncalibrated(
      Mode mode,
      List<String> names,
      double[] weights,
      double[][] reference,
      int labelledAnomalies) {
    List<Part> parts =
        IntStream.range(0, names.size())
            .mapToObj(i -> Part.fit(names.get(i), weights[i], reference[i]))
            .toList();
    double unsupervisedWeight =
        LEAST_UNSUPERVISED_WEIGHT
            + (1 - LEAST_UNSUPERVISED_WEIGHT)
                * LABELS_FOR_HALF
                / (LABELS_FOR_HALF + labelledAnomalies);
    Calibration none = Calibration.fit(new double[] {0});
    Fusion fusion = new Fusion(mode, parts, null, unsupervisedWeight, none);
    boolean supervised = parts.stream().anyMatch(Part::supervised);
    return supervised
        ? new Fusion(
            mode, parts, Calibration.fit(fusion.unsupervised(reference)), unsupervisedWeight, none)
        : fusion;
  }

  /** Returns the names of the raw scores. */
  List<String> names() {
    return parts.stream().map(Part::name).toList();
  }

  /** Combines raw scores, one array a part, to one value a row that is not calibrated yet. */
  double[] combine(double[][] raw) {
    double[] unsupervisedScores = unsupervised(raw);
    if (unsupervised == null) {
      return unsupervisedScores;
    }
    double[] combined = new double[unsupervisedScores.length];
    int supervised = 0;
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i).supervised()) {
        supervised++;
        for (int row = 0; row < combined.length; row++) {
          combined[row] += parts.get(i).calibration().surprise(raw[i][row]);
        }
      }
    }
    for (int row = 0; row < combined.length; row++) {
      combined[row] =
          combined[row] / supervised
              + unsupervisedWeight * unsupervised.surprise(unsupervisedScores[row]);
    }
    return combined;
  }

  private double[] unsupervised(double[][] raw) {
    double[] combined = new double[raw[0].length];
    double weights = parts.stream().mapToDouble(Part::weight).sum();
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      if (!part.supervised()) {
        for (int row = 0; row < combined.length; row++) {
          combined[row] += part.weight() / weights * part.scaled(mode, raw[i][row]);
        }
      }
    }
    if (mode == Mode.CONTAMINATED) {
      for (int row = 0; row < combined.length; row++) {
        combined[row] = Math.sinh(combined[row]); // spreads again, so that tails can be told apart
      }
    }
    return combined;
  }
}
