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
 * which rewards the score that is surest. Where there are labelled anomalies, what they say takes
 * over; what only the unsupervised scores are sure of is added, for it may be of a kind that nobody
 * has labelled yet.
 *
 * @param parts one for each raw score, in their order
 * @param unsupervised calibrates the unsupervised average; null without labelled anomalies
 * @param labelled what labelled anomalies say; null without them
 * @param fused calibrates the result
 */
record Fusion(
    Mode mode,
    List<Part> parts,
    @Nullable Calibration unsupervised,
    @Nullable LabelledFusion labelled,
    Calibration fused) {

  /** -ln p from which on the unsupervised scores are sure of themselves: one row in 150. */
  private static final double SURE = 5;

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
   * @param anomalies raw scores of the labelled anomalies likewise; may have no rows
   */
  static Fusion fit(
      Mode mode, List<String> names, double[] weights, double[][] reference, double[][] anomalies) {
    List<Part> parts =
        IntStream.range(0, names.size())
            .mapToObj(i -> Part.fit(names.get(i), weights[i], reference[i]))
            .toList();
    Calibration none = Calibration.fit(new double[] {0});
    Fusion fusion = new Fusion(mode, parts, null, null, none);
    if (anomalies[0].length > 0 && parts.stream().anyMatch(part -> !part.supervised())) {
      fusion =
          new Fusion(
              mode,
              parts,
              Calibration.fit(fusion.unsupervised(reference)),
              LabelledFusion.fit(parts, reference, anomalies),
              none);
    }
    return new Fusion(
        mode,
        parts,
        fusion.unsupervised,
        fusion.labelled,
        Calibration.fit(fusion.combine(reference)));
  }

  /** Returns the names of the raw scores. */
  List<String> names() {
    return parts.stream().map(Part::name).toList();
  }

  /**
   * What the parts say of each row together, both -ln p.
   *
   * @param fused by all of them
   * @param unlabelled by those that know no labels; the same where there are no labels
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on at once; equality is never asked
  record Surprises(double[] fused, double[] unlabelled) {}

  /** Returns the surprise of each row from raw scores, one array a part. */
  Surprises surprises(double[][] raw) {
    double[] unsupervisedScores = unsupervised(raw);
    double[] together = calibrated(fused, combine(raw, unsupervisedScores));
    return unsupervised == null
        ? new Surprises(together, together)
        : new Surprises(together, calibrated(unsupervised, unsupervisedScores));
  }

  private static double[] calibrated(Calibration calibration, double[] scores) {
    return Arrays.stream(scores).map(calibration::surprise).toArray();
  }

  /** Combines raw scores, one array a part, to one value a row that is not calibrated yet. */
  double[] combine(double[][] raw) {
    return combine(raw, unsupervised(raw));
  }

  private double[] combine(double[][] raw, double[] unsupervisedScores) {
    if (unsupervised == null || labelled == null) {
      return unsupervisedScores;
    }
    double[] combined = labelled.combine(parts, raw);
    for (int row = 0; row < combined.length; row++) {
      double surprise = unsupervised.surprise(unsupervisedScores[row]);
      combined[row] += Math.max(0, surprise - SURE);
    }
    return combined;
  }

  private double[] unsupervised(double[][] raw) {
    boolean none = parts.stream().allMatch(Part::supervised); // then labels are all that is known
    double[] combined = new double[raw[0].length];
    double weights = parts.stream().mapToDouble(Part::weight).sum();
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      double share = none ? 1.0 / parts.size() : part.weight() / weights;
      if (none || !part.supervised()) {
        for (int row = 0; row < combined.length; row++) {
          combined[row] += share * part.scaled(mode, raw[i][row]);
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
