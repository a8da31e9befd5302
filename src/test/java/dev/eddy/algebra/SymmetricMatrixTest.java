package dev.eddy.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SymmetricMatrixTest {
  private static final double TINY = 1e-9;

  @Test
  void decomposesAMatrixWithTheLargestValueFirst() {
    SymmetricMatrix parts =
        SymmetricMatrix.decompose(new double[][] {{2, 1, 0}, {1, 2, 0}, {0, 0, 2.5}});

    assertThat(parts.values()).containsExactly(new double[] {3, 2.5, 1}, within(TINY));
    double half = Math.sqrt(0.5);
    assertThat(absolute(parts.vectors()[0]))
        .containsExactly(new double[] {half, half, 0}, within(TINY));
    assertThat(absolute(parts.vectors()[1])).containsExactly(new double[] {0, 0, 1}, within(TINY));
    assertThat(parts.vectors()[0][0]).isCloseTo(parts.vectors()[0][1], within(TINY));
    assertThat(parts.vectors()[2][0]).isCloseTo(-parts.vectors()[2][1], within(TINY));
  }

  @Test
  void isAgainTheSumOfItsParts() {
    SplittableRandom random = new SplittableRandom(5);
    int width = 60;
    double[][] matrix = new double[width][width];
    for (int i = 0; i < width; i++) {
      for (int k = 0; k <= i; k++) {
        matrix[i][k] = random.nextGaussian();
        matrix[k][i] = matrix[i][k];
      }
    }

    SymmetricMatrix parts = SymmetricMatrix.decompose(matrix);

    double[][] sum = new double[width][width];
    for (int part = 0; part < width; part++) {
      double[] vector = parts.vectors()[part];
      for (int i = 0; i < width; i++) {
        for (int k = 0; k < width; k++) {
          sum[i][k] += parts.values()[part] * vector[i] * vector[k];
        }
      }
    }
    for (int i = 0; i < width; i++) {
      assertThat(sum[i]).containsExactly(matrix[i], within(TINY));
    }
    assertThat(parts.values()).isSortedAccordingTo((a, b) -> Double.compare(b, a));
  }

  @Test
  void takesMatricesOfNothing() {
    assertThat(SymmetricMatrix.decompose(new double[0][0]).values()).isEmpty();
    assertThat(SymmetricMatrix.decompose(new double[][] {{4}}).values()).containsExactly(4);
    assertThat(SymmetricMatrix.decompose(new double[3][3]).values()).containsExactly(0, 0, 0);
  }

  @Test
  void refusesCellsThatAreNotFinite() {
    double[][] matrix = {{1, 0}, {0, Double.NaN}};

    assertThatThrownBy(() -> SymmetricMatrix.decompose(matrix))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("finite");
  }

  private static double[] absolute(double[] vector) {
    return java.util.Arrays.stream(vector).map(Math::abs).toArray();
  }
}
