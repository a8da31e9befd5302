package dev.eddy.scoring;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What labelled anomalies say about the parts' scores.
 *
 * <p>The unsupervised scores get the weights by which they tell the labelled anomalies from the
 * other held-out rows: a logistic regression whose prior is the fusion without labels, so that one
 * label moves the weights a little and fifty may turn them around. A detector that calls these
 * anomalies ordinary is told so.
 *
 * <p>Supervised scores count up to where labelled anomalies typically lie and no further: beyond
 * that a row is not more of a known kind, only far away from everything, which the unsupervised
 * scores tell better. Without this bound the farthest rows stood above the surest anomalies. Kinds
 * of supervised parts, networks and trees, count alike however many scores they give.
 *
 * @param weights of the unsupervised scores in the order of the parts; 0 for supervised ones
 * @param calibration of the unsupervised scores so weighed
 * @param weight of its -ln p beside the mean of the supervised ones
 * @param bounds most -ln p that a supervised part adds; infinite for the others
 */
@SuppressWarnings("ArrayRecordComponent") // one per model; equality is never asked
record LabelledFusion(double[] weights, Calibration calibration, double weight, double[] bounds) {

  private static final double LEAST_WEIGHT = 0.3;
  private static final double LABELS_FOR_HALF = 20;
  private static final double PRIOR_PRECISION = 0.3;
  private static final double LEAST_SCALED = -3;
  private static final double MOST_SCALED = 6;

  /**
   * Learns from labelled anomalies.
   *
   * @param reference raw scores of the held-out rows, one array a part
   * @param anomalies raw scores of the labelled anomalies likewise; at least one row
   */
  static LabelledFusion fit(List<Fusion.Part> parts, double[][] reference, double[][] anomalies) {
    int labels = anomalies[0].length;
    double[] weights = learn(parts, reference, anomalies);
    double[] bounds = new double[parts.size()];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] =
          parts.get(i).supervised()
              ? median(parts.get(i).calibration(), anomalies[i])
              : Double.MAX_VALUE;
    }
    return new LabelledFusion(
        weights,
        Calibration.fit(weighted(parts, weights, reference)),
        LEAST_WEIGHT + (1 - LEAST_WEIGHT) * LABELS_FOR_HALF / (LABELS_FOR_HALF + labels),
        bounds);
  }

  private static double[] learn(
      List<Fusion.Part> parts, double[][] reference, double[][] anomalies) {
    int[] places =
        IntStream.range(0, parts.size()).filter(i -> !parts.get(i).supervised()).toArray();
    int others = reference[0].length;
    int labels = anomalies[0].length;
    double[][] rows = new double[others + labels][places.length];
    boolean[] positive = new boolean[rows.length];
    double[] rowWeights = new double[rows.length];
    for (int row = 0; row < rows.length; row++) {
      positive[row] = row >= others;
      rowWeights[row] = positive[row] ? 1 : (double) labels / others; // both kinds count alike
      for (int i = 0; i < places.length; i++) {
        double[] raw = positive[row] ? anomalies[places[i]] : reference[places[i]];
        rows[row][i] = scaled(parts.get(places[i]), raw[positive[row] ? row - others : row]);
      }
    }
    double sum = parts.stream().mapToDouble(Fusion.Part::weight).sum();
    double[] prior = new double[places.length];
    for (int i = 0; i < prior.length; i++) {
      prior[i] = parts.get(places[i]).weight() / sum;
    }
    double[] learned = LogisticRegression.fit(rows, positive, rowWeights, prior, PRIOR_PRECISION);
    double[] weights = new double[parts.size()];
    for (int i = 0; i < places.length; i++) {
      weights[places[i]] = learned[i];
    }
    return weights;
  }

  private static double scaled(Fusion.Part part, double raw) {
    double scaled = part.scaled(Mode.CONTAMINATED, raw);
    return Math.max(LEAST_SCALED, Math.min(MOST_SCALED, scaled));
  }

  private static double[] weighted(List<Fusion.Part> parts, double[] weights, double[][] raw) {
    double[] sums = new double[raw[0].length];
    for (int i = 0; i < weights.length; i++) {
      if (!parts.get(i).supervised()) {
        for (int row = 0; row < sums.length; row++) {
          sums[row] += weights[i] * scaled(parts.get(i), raw[i][row]);
        }
      }
    }
    return sums;
  }

  private static double median(Calibration calibration, double[] raw) {
    double[] surprises = Arrays.stream(raw).map(calibration::surprise).sorted().toArray();
    return surprises[surprises.length / 2];
  }

  /** Combines raw scores, one array a part, to one value a row. */
  double[] combine(List<Fusion.Part> parts, double[][] raw) {
    double[] combined = weighted(parts, weights, raw);
    for (int row = 0; row < combined.length; row++) {
      combined[row] = weight * calibration.surprise(combined[row]);
    }
    Map<String, Long> kinds =
        parts.stream()
            .filter(Fusion.Part::supervised)
            .collect(Collectors.groupingBy(LabelledFusion::kind, Collectors.counting()));
    for (int i = 0; i < bounds.length; i++) {
      Fusion.Part part = parts.get(i);
      if (part.supervised()) {
        double share = 1.0 / kinds.size() / requireNonNull(kinds.get(kind(part)));
        for (int row = 0; row < combined.length; row++) {
          combined[row] += share * Math.min(bounds[i], part.calibration().surprise(raw[i][row]));
        }
      }
    }
    return combined;
  }

  /** The first word of a score's name. */
  private static String kind(Fusion.Part part) {
    return part.name().split("\\.", 2)[0];
  }
}
