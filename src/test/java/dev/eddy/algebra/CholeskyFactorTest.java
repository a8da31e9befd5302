package dev.eddy.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CholeskyFactorTest {
  private static final double TINY = 1e-12;

  private final CholeskyFactor factor = CholeskyFactor.of(new double[][] {{4, 9}, {2, 5}});

  @Test
  void readsTheLowerTriangle() {
    assertThat(factor.rows()[0]).containsExactly(new double[] {2, 0}, within(TINY));
    assertThat(factor.rows()[1]).containsExactly(new double[] {1, 2}, within(TINY));
  }

  @Test
  void invertsTheFactor() {
    assertThat(factor.inverse()[0]).containsExactly(new double[] {0.5, 0}, within(TINY));
    assertThat(factor.inverse()[1]).containsExactly(new double[] {-0.25, 0.5}, within(TINY));
  }

  @Test
  void solvesEquations() {
    // 4 x + 2 y = 8 and 2 x + 5 y = 12
    assertThat(factor.solve(new double[] {8, 12}))
        .containsExactly(new double[] {1, 2}, within(TINY));
  }

  @Test
  void refusesAMatrixThatIsNotPositiveDefinite() {
    assertThatThrownBy(() -> CholeskyFactor.of(new double[][] {{1, 2}, {2, 1}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("positive definite");
  }
}
