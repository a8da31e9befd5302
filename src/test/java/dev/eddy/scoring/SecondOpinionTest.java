package dev.eddy.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SecondOpinionTest {
  private static final ScoredBatch MODEL =
      new ScoredBatch(
          new double[] {4, 1}, List.of("vae.elbo"), new double[][] {new double[] {5, 2}});

  @Test
  void averagesTheTwoScores() {
    ScoredBatch fused = SecondOpinion.fuse(MODEL, new double[] {2, 3});

    assertThat(fused.score(0)).isEqualTo(3);
    assertThat(fused.score(1)).isEqualTo(2);
  }

  @Test
  void leavesTheModelAloneWhereTheBaselinesCannotSayAnything() {
    ScoredBatch fused = SecondOpinion.fuse(MODEL, new double[] {Double.NaN, 3});

    assertThat(fused.score(0)).isEqualTo(4);
  }

  @Test
  void keepsTheScoresOfThePartsAndBothOpinions() {
    ScoredBatch fused = SecondOpinion.fuse(MODEL, new double[] {2, 3});

    assertThat(fused.detectors(0))
        .containsEntry("vae.elbo", 5.0)
        .containsEntry(SecondOpinion.MODEL, 4.0)
        .containsEntry(SecondOpinion.BASELINE, 2.0);
  }

  @Test
  void refusesAnotherNumberOfScores() {
    assertThatThrownBy(() -> SecondOpinion.fuse(MODEL, new double[] {2}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 scores, got 1");
  }
}
