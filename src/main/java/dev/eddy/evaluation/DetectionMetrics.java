package dev.eddy.evaluation;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * How well scores tell anomalous records from normal ones. Records with equal scores are always
 * taken together, so the order in which they come does not count. A figure that has no value for
 * the records at hand, because one of the two kinds is missing, is empty.
 */
public final class DetectionMetrics {
  private DetectionMetrics() {}

  /**
   * Area under the receiver operating characteristic: the chance that an anomalous record scores
   * above a normal one, where a tie counts half. From rank sums with average ranks (Mann and
   * Whitney, 1947).
   *
   * @return in [0, 1]; empty unless there are records of both kinds
   */
  public static OptionalDouble auroc(List<LabelledScore> scores) {
    List<LabelledScore> ascending = sorted(scores, Comparator.naturalOrder());
    long anomalies = count(scores);
    long normals = scores.size() - anomalies;
    if (anomalies == 0 || normals == 0) {
      return OptionalDouble.empty();
    }
    double rankSum = 0;
    for (int from = 0; from < ascending.size(); ) {
      int to = endOfTie(ascending, from);
      double averageRank = (from + 1 + to) / 2.0; // ranks from + 1 to to
      rankSum += averageRank * count(ascending.subList(from, to));
      from = to;
    }
    double pairsWon = rankSum - anomalies * (anomalies + 1) / 2.0;
    return OptionalDouble.of(pairsWon / ((double) anomalies * normals));
  }

  /**
   * Average precision, the usual estimate of the area under the precision-recall curve (AUPRC): the
   * precision at each distinct score, weighted by the recall that it adds. There is no
   * interpolation between points, which would be too optimistic (Davis and Goadrich, ICML 2006).
   *
   * @return in (0, 1]; empty when no record is anomalous
   */
  public static OptionalDouble averagePrecision(List<LabelledScore> scores) {
    long anomalies = count(scores);
    if (anomalies == 0) {
      return OptionalDouble.empty();
    }
    List<LabelledScore> descending = sorted(scores, Comparator.reverseOrder());
    double sum = 0;
    long found = 0;
    for (int from = 0; from < descending.size(); ) {
      int to = endOfTie(descending, from);
      long added = count(descending.subList(from, to));
      found += added;
      sum += added * ((double) found / to);
      from = to;
    }
    return OptionalDouble.of(sum / anomalies);
  }

  /**
   * The largest share of the anomalies that a threshold can find while at least this share of what
   * it reports is anomalous.
   *
   * @param precision in (0, 1]
   * @return 0 where no threshold is that precise; empty when no record is anomalous
   */
  public static OptionalDouble recallAtPrecision(List<LabelledScore> scores, double precision) {
    if (!(precision > 0 && precision <= 1)) {
      throw new IllegalArgumentException("precision must be in (0, 1], got " + precision);
    }
    long anomalies = count(scores);
    if (anomalies == 0) {
      return OptionalDouble.empty();
    }
    List<LabelledScore> descending = sorted(scores, Comparator.reverseOrder());
    double best = 0;
    long found = 0;
    for (int from = 0; from < descending.size(); ) {
      int to = endOfTie(descending, from);
      found += count(descending.subList(from, to));
      if (found >= precision * to) {
        best = (double) found / anomalies;
      }
      from = to;
    }
    return OptionalDouble.of(best);
  }

  /**
   * The share of the anomalies that score at least the threshold.
   *
   * @return empty when no record is anomalous
   */
  public static OptionalDouble recall(List<LabelledScore> scores, double threshold) {
    return scores.stream()
        .filter(LabelledScore::anomalous)
        .mapToDouble(score -> score.score() >= threshold ? 1 : 0)
        .average();
  }

  /**
   * The share of the records at or above the threshold that are anomalous.
   *
   * @return empty when no record reaches the threshold
   */
  public static OptionalDouble precision(List<LabelledScore> scores, double threshold) {
    return scores.stream()
        .filter(score -> score.score() >= threshold)
        .mapToDouble(score -> score.anomalous() ? 1 : 0)
        .average();
  }

  /**
   * The share of the normal records that score at least the threshold.
   *
   * @return empty when no record is normal
   */
  public static OptionalDouble falseAlarmRate(List<LabelledScore> scores, double threshold) {
    return scores.stream()
        .filter(score -> !score.anomalous())
        .mapToDouble(score -> score.score() >= threshold ? 1 : 0)
        .average();
  }

  /** The recall of each group's anomalous records, by group; records in no group do not count. */
  public static Map<String, Double> recallByGroup(List<LabelledScore> scores, double threshold) {
    Map<String, long[]> foundAndAll = new TreeMap<>();
    for (LabelledScore score : scores) {
      if (score.anomalous() && score.group() != null) {
        long[] tally = foundAndAll.computeIfAbsent(score.group(), group -> new long[2]);
        tally[0] += score.score() >= threshold ? 1 : 0;
        tally[1]++;
      }
    }
    Map<String, Double> recalls = new TreeMap<>();
    foundAndAll.forEach((group, tally) -> recalls.put(group, (double) tally[0] / tally[1]));
    return recalls;
  }

  /**
   * The share of the episodes, one for each group, of which at least one anomalous record scores at
   * least the threshold: what counts where an episode calls a person once.
   *
   * @return empty when no anomalous record is in a group
   */
  public static OptionalDouble episodeRecall(List<LabelledScore> scores, double threshold) {
    return recallByGroup(scores, threshold).values().stream()
        .mapToDouble(recall -> recall > 0 ? 1 : 0)
        .average();
  }

  private static List<LabelledScore> sorted(List<LabelledScore> scores, Comparator<Double> order) {
    return scores.stream().sorted(Comparator.comparing(LabelledScore::score, order)).toList();
  }

  /** Returns where the run of scores equal to the one at {@code from} ends. */
  private static int endOfTie(List<LabelledScore> sorted, int from) {
    int to = from + 1;
    while (to < sorted.size() && sorted.get(to).score() == sorted.get(from).score()) {
      to++;
    }
    return to;
  }

  private static long count(List<LabelledScore> scores) {
    return scores.stream().filter(LabelledScore::anomalous).count();
  }
}
