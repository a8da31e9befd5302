package dev.eddy.evaluation.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FrechetDistanceTest {
  private static final double TINY = 1e-9;
  private static final double[][] SQUARE = {{-1, -1}, {-1, 1}, {1, -1}, {1, 1}}; // covariance I

  private static double[][] scaled(double factor, double shift) {
    double[][] points = new double[SQUARE.length][];
    for (int i = 0; i < points.length; i++) {
      points[i] = new double[] {factor * SQUARE[i][0] + shift, factor * SQUARE[i][1]};
    }
    return points;
  }

  @Test
  void isZeroForTheSamePoints() {
    assertThat(FrechetDistance.of(SQUARE, SQUARE)).isCloseTo(0, within(TINY));
  }

  @Test
  void addsTheSquaredShiftAndTheSquaredDifferenceOfDeviations() {
    // shifted by 3 in one direction; deviations 2 against 1 in both: 9 + 2 (2 - 1)^2
    assertThat(FrechetDistance.of(SQUARE, scaled(2, 3))).isCloseTo(11, within(TINY));
  }

  @Test
  void addsTheDistanceOfShapesThatLieAcrossEachOther() {
    // covariances [5 4; 4 5] and diag(4, 1): 10 + 5 - 2 tr (C1 C2)^(1/2); C1 C2 has trace 25 and
    // determinant 36, so the trace of its root is (25 + 2 * 6)^(1/2)
    double[][] across = {{3, 3}, {-3, -3}, {1, -1}, {-1, 1}};
    double[][] along = {{2, 1}, {2, -1}, {-2, 1}, {-2, -1}};

    assertThat(FrechetDistance.of(across, along)).isCloseTo(15 - 2 * Math.sqrt(37), within(TINY));
  }
}
