package dev.eddy.augmentation;

import dev.eddy.augmentation.GateReport.Candidate;
import dev.eddy.augmentation.GateReport.Recipe;
import dev.eddy.evaluation.quality.QualityJudge;
import dev.eddy.evaluation.quality.QualityReport;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a family is chosen by: utility, likeness of pairs of columns, and how hard its rows are to
 * tell from real ones. What endangers privacy costs more than all of these are worth.
 */
final class CandidateScore {
  private static final double TOLD = 0.1; // weight of the discriminative AUROC
  private static final double CLOSE_SHARE = 0.1;
  private static final double MEMBERSHIP = 0.55;
  private static final double COPIES = 0.001;

  private CandidateScore() {}

  /**
   * Returns a candidate with its score.
   *
   * @param seconds CPU time of its training
   * @param order which trial it is, from 0
   */
  static Candidate of(Recipe recipe, double seconds, @Nullable QualityReport quality, int order) {
    if (quality == null) {
      // in the order of their trials where nothing can be measured
      return new Candidate(recipe, seconds, Double.NaN, Double.NaN, Double.NaN, List.of(), -order);
    }
    QualityReport.Utility utility = quality.utility();
    double ratio = utility == null ? Double.NaN : utility.boosting().aucRatio();
    QualityReport.Fidelity fidelity = quality.fidelity();
    List<String> problems = privacyProblems(quality);
    double trends = Double.isNaN(fidelity.pairTrends()) ? 0 : fidelity.pairTrends();
    double score =
        (Double.isNaN(ratio) ? 0 : Math.min(1, ratio))
            + trends
            - TOLD * Math.max(0, fidelity.discriminativeAuc() - 0.5)
            - problems.size();
    return new Candidate(
        recipe,
        seconds,
        ratio,
        fidelity.pairTrends(),
        fidelity.discriminativeAuc(),
        problems,
        score);
  }

  /**
   * Returns what is wrong with it beyond two standard errors of the rows that it is measured on.
   */
  private static List<String> privacyProblems(QualityReport quality) {
    QualityReport.Privacy privacy = quality.privacy();
    double rows =
        Math.min(
            QualityJudge.Limits.STREAM.nearestRows(),
            Math.min(quality.trainingRows(), quality.heldOutRows()));
    List<String> problems = new ArrayList<>();
    double mostCopies =
        privacy.naturalCopies()
            + COPIES
            + 2 * StandardErrors.ofCounted(privacy.naturalCopies(), quality.heldOutRows());
    if (privacy.copies() > mostCopies) {
      problems.add("copies must be <= %.4f, got %.4f".formatted(mostCopies, privacy.copies()));
    }
    double mostClose = CLOSE_SHARE + 2 * StandardErrors.ofShare(CLOSE_SHARE, rows);
    if (privacy.closeShare() > mostClose) {
      problems.add(
          "share of close rows must be <= %.3f, got %.3f"
              .formatted(mostClose, privacy.closeShare()));
    }
    double mostMembership = MEMBERSHIP + 2 * StandardErrors.ofAuroc(rows, rows);
    if (privacy.membershipAuc() > mostMembership) {
      problems.add(
          "membership AUROC must be <= %.3f, got %.3f"
              .formatted(mostMembership, privacy.membershipAuc()));
    }
    return problems;
  }
}
