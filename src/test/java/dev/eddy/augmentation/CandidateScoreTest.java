package dev.eddy.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.eddy.augmentation.GateReport.Candidate;
import dev.eddy.augmentation.GateReport.Recipe;
import dev.eddy.evaluation.quality.QualityReport;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CandidateScoreTest {

  private static QualityReport measured(int heldOut, double closeShare, double membership) {
    return new QualityReport(
        5_000,
        heldOut,
        5_000,
        new QualityReport.Fidelity(
            0.99, 0.99, 0.99, Map.of(), 0.97, 0.98, 0.9, 0.98, Map.of(), 0.6, 0.5),
        new QualityReport.Utility(
            new QualityReport.Judged(0.8, 0.72, 0.7, 0.7),
            new QualityReport.Judged(0.8, 0.8, 0.7, 0.7)),
        Map.of(),
        Map.of(),
        new QualityReport.Coverage(30, 1, 1),
        new QualityReport.Privacy(0, 0, 1, closeShare, membership),
        0.1,
        0.1,
        List.of());
  }

  private static Candidate candidate(QualityReport quality) {
    return CandidateScore.of(Recipe.VAE, 1, quality, 0);
  }

  @Test
  void addsUtilityAndTrendsAndTakesOffWhatIsToldApart() {
    // 0.72 / 0.8 + 0.97 - 0.1 * (0.6 - 0.5)
    assertThat(candidate(measured(500, 0.05, 0.5)).score()).isCloseTo(1.86, within(1e-9));
  }

  @Test
  void takesOffOneForEachThingThatEndangersPrivacy() {
    Candidate candidate = candidate(measured(500, 0.2, 0.6));

    assertThat(candidate.privacyProblems()).hasSize(2);
    assertThat(candidate.score()).isCloseTo(-0.14, within(1e-9));
  }

  @Test
  void leavesTwoStandardErrorsForFewHeldOutRows() {
    // AUROC of 50 against 50 rows: 0.55 + 2 * 0.0580 = 0.666; share: 0.1 + 2 * 0.0424 = 0.185
    assertThat(candidate(measured(50, 0.18, 0.66)).privacyProblems()).isEmpty();
    assertThat(candidate(measured(50, 0.19, 0.67)).privacyProblems())
        .containsExactly(
            "share of close rows must be <= 0.185, got 0.190",
            "membership AUROC must be <= 0.666, got 0.670");
  }
}
