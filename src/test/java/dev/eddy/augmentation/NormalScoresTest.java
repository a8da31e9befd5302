package dev.eddy.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NormalScoresTest {
  @Test
  void knowsQuantilesAndBoundsThem() {
    assertThat(NormalScores.quantile(0.975)).isCloseTo(1.959964, within(1e-6));
    assertThat(NormalScores.quantile(0.5)).isCloseTo(0, within(1e-12));
    assertThat(NormalScores.quantile(-1e-16)).isEqualTo(-6);
    assertThat(NormalScores.quantile(1 + 1e-16)).isEqualTo(6);
  }

  @Test
  void averagesBetweenQuantiles() {
    assertThat(NormalScores.mean(0, 1)).isCloseTo(0, within(1e-12));
    // the mean of the upper half is (2 / pi)^(1/2)
    assertThat(NormalScores.mean(0.5, 1)).isCloseTo(Math.sqrt(2 / Math.PI), within(1e-7));
    assertThat(NormalScores.mean(0.975, 0.975)).isCloseTo(1.959964, within(1e-6));
  }
}
