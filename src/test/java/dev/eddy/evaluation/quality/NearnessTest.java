package dev.eddy.evaluation.quality;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NearnessTest {

  @Test
  void takesTheMeanOfTheMiddleFifthForTheMedian() {
    assertThat(Nearness.median(new double[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 90})).isEqualTo(4.5);
    assertThat(Nearness.median(new double[] {7})).isEqualTo(7);
    assertThat(Nearness.median(new double[] {1, 2, 30})).isEqualTo(2);
  }

  @Test
  void liesBetweenTwoStepsWhereDistancesAreWholeSteps() {
    assertThat(Nearness.median(new double[] {3, 3, 3, 3, 3, 4, 4, 4, 4, 4})).isEqualTo(3.5);
  }
}
