package dev.eddy.evaluation.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ColumnShapesTest {
  private static final double TINY = 1e-12; // rounding of sums of a few thirds

  @Test
  void isOneMinusTheLargestDistanceOfTheDistributionFunctions() {
    // after 1: 1/2 against 0; after 2: 1 against 1/3; after 3: 1 against 2/3
    double shape = ColumnShapes.numbers(new double[] {1, 2}, new double[] {2, 3, 4});

    assertThat(shape).isCloseTo(1 - 2 / 3.0, within(TINY));
  }

  @Test
  void isOneForEqualSamplesOfDifferentSizeAndZeroForDisjointOnes() {
    assertThat(ColumnShapes.numbers(new double[] {1, 2}, new double[] {2, 1, 1, 2})).isEqualTo(1);
    assertThat(ColumnShapes.numbers(new double[] {1, 2}, new double[] {3})).isZero();
  }

  @Test
  void seesAWrongShareOfMissingNumbers() {
    double shape =
        ColumnShapes.numbers(new double[] {Double.NaN, 1}, new double[] {1, 1, 1, Double.NaN});

    assertThat(shape).isCloseTo(0.75, within(TINY));
  }

  @Test
  void isOneMinusHalfTheSumOfDifferencesForCategories() {
    // a: 2/3 against 0, missing: 1/3 against 1/2, b: 0 against 1/2
    double shape = ColumnShapes.categories(new String[] {"a", "a", null}, new String[] {null, "b"});

    assertThat(shape).isCloseTo(1 - (2 / 3.0 + 1 / 6.0 + 1 / 2.0) / 2, within(TINY));
  }
}
