package dev.eddy.scoring;

import java.util.List;

/**
 * Why a record has the score that it has.
 *
 * @param score of the record as the explanation asked for it, -ln of its p-value. It may differ a
 *     little from the score that was given to the record: the baselines have learned since
 * @param contributions one entry a field, largest first; empty where nothing could be found out
 */
public record Explanation(double score, List<Contribution> contributions) {
  /**
   * A score up to this is normal: at least one normal record in a hundred looks as anomalous, and
   * that is nothing to call anyone for.
   */
  public static final double NORMAL = -Math.log(0.01);

  /** Stands for an explanation that failed. */
  public static final Explanation NONE = new Explanation(0, List.of());

  /** Copies the list. */
  public Explanation {
    contributions = List.copyOf(contributions);
  }

  /** Returns whether the record is normal as it is. */
  public boolean isNormal() {
    return score <= NORMAL;
  }

  /** Returns whether some change of one field alone makes the record normal. */
  public boolean isMendable() {
    return contributions.stream().anyMatch(contribution -> contribution.normal() != null);
  }
}
