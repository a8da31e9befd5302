package dev.eddy.evaluation.quality;

import dev.eddy.evaluation.DetectionMetrics;
import dev.eddy.evaluation.LabelledScore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How near synthetic rows of a class are to its training rows, and what is natural. Where held-out
 * rows come from other times than training rows, anything that resembles the training rows is
 * nearer to them than held-out rows are. So the training rows themselves stand beside, each
 * measured against all the others: they give each other away as much as the data alone does.
 *
 * @param distanceRatio median distance of a synthetic row to its nearest training row, over that of
 *     a held-out row; NaN where more than half of the held-out rows coincide with training rows
 * @param naturalDistanceRatio the same of training rows
 * @param closeShare share of synthetic rows nearer to a training row than 95 % of held-out rows
 * @param naturalCloseShare the same of training rows; about 0.05 where nothing has changed
 * @param membershipAuc AUROC of an attacker who bets that the rows nearest to a synthetic row were
 *     trained on
 * @param naturalMembershipAuc the same where the training rows stand for the synthetic ones
 */
public record Nearness(
    double distanceRatio,
    double naturalDistanceRatio,
    double closeShare,
    double naturalCloseShare,
    double membershipAuc,
    double naturalMembershipAuc) {
  /** Rows of each kind whose nearest are looked for, at most. */
  public static final int MOST_ROWS = 500;

  /**
   * Training rows to be near to, at most. All that a generator learned from, or nearly: among few
   * of many, a copy of one seldom finds its original, and would pass.
   */
  private static final int MOST_TRAINING = 100_000;

  private static final int MOST_NEIGHBOURS = 2_000;
  private static final double CLOSE = 0.05;

  /** Measures rows of one class, of which each table has at least one. */
  public static Nearness of(RecordTable training, RecordTable heldOut, RecordTable synthetic) {
    RecordTable fresh = heldOut.atMost(MOST_ROWS);
    NearestRows toTraining = new NearestRows(training.atMost(MOST_TRAINING), training);
    double[] others = toTraining.distancesBetween(MOST_ROWS);
    double[] unseen = toTraining.distances(fresh);
    double[] found = toTraining.distances(synthetic.atMost(MOST_ROWS));
    NearestRows toSynthetic = new NearestRows(synthetic.atMost(MOST_NEIGHBOURS), training);
    double membership =
        auroc(toSynthetic.distances(training.atMost(MOST_ROWS)), toSynthetic.distances(fresh));
    double naturalMembership = naturalMembership(training, fresh);
    Arrays.sort(unseen);
    double median = median(unseen);
    double close = quantile(unseen, CLOSE);
    return new Nearness(
        ratio(found, median),
        ratio(others, median),
        share(found, close),
        share(others, close),
        membership,
        naturalMembership);
  }

  /** An attacker who sees more rows learns more, so as few stand for the synthetic ones. */
  private static double naturalMembership(RecordTable training, RecordTable fresh) {
    NearestRows toSome = new NearestRows(training.atMost(MOST_NEIGHBOURS), training);
    return auroc(toSome.distancesBetween(MOST_ROWS), toSome.distances(fresh));
  }

  private static double ratio(double[] distances, double median) {
    double[] sorted = distances.clone();
    Arrays.sort(sorted);
    return median > 0 ? median(sorted) / median : Double.NaN;
  }

  static double share(double[] distances, double close) {
    return Arrays.stream(distances).filter(d -> d < close).count() / (double) distances.length;
  }

  static double quantile(double[] sorted, double rank) {
    return sorted[(int) Math.min(sorted.length - 1, rank * sorted.length)];
  }

  /**
   * Returns the mean of the middle fifth. Where values are rounded, distances are whole steps, and
   * the very middle one would jump by a step at a chance of one row.
   */
  static double median(double[] sorted) {
    int from = (int) (0.4 * sorted.length);
    int to = Math.max(from + 1, (int) Math.ceil(0.6 * sorted.length));
    return Arrays.stream(sorted, from, to).average().orElse(Double.NaN);
  }

  /** Returns how well nearness tells the first from the second rows. */
  static double auroc(double[] members, double[] others) {
    List<LabelledScore> scores = new ArrayList<>(members.length + others.length);
    Arrays.stream(members).forEach(distance -> scores.add(LabelledScore.of(-distance, true)));
    Arrays.stream(others).forEach(distance -> scores.add(LabelledScore.of(-distance, false)));
    return DetectionMetrics.auroc(scores).orElse(Double.NaN);
  }
}
