package dev.eddy.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CovarianceTest {
  @Test
  void averagesProductsOfDeviations() {
    double[][] rows = {{1, 2}, {3, 6}};

    assertThat(Covariance.of(rows, new double[] {2, 4}))
        .isDeepEqualTo(new double[][] {{1, 2}, {2, 4}});
  }

  @Test
  void roundsBlocksOfRowsLikeRowsAlone() {
    SplittableRandom random = new SplittableRandom(3);
    int width = 5;
    Covariance covariance = new Covariance(width);
    double[][] sums = new double[width][width];
    for (int row = 1; row <= 71; row++) {
      double[] cells = random.doubles(width).toArray();
      covariance.add(cells);
      for (int i = 0; i < width; i++) {
        for (int k = 0; k < width; k++) {
          sums[i][k] += cells[i] * cells[k];
        }
      }
      if (row == 30 || row == 71) { // asking in between changes nothing
        double[][] matrix = covariance.matrix();
        for (int i = 0; i < width; i++) {
          for (int k = 0; k < width; k++) {
            assertThat(matrix[i][k]).isEqualTo(sums[i][k] / row);
          }
        }
      }
    }
  }
}
