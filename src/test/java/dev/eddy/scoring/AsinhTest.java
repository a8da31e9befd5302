package dev.eddy.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.eddy.feature.FeatureMatrix;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AsinhTest {
  private static final double TOLERANCE = 5e-7; // a few roundings of single precision

  @ParameterizedTest
  @ValueSource(floats = {0f, 1e-6f, 0.1f, 0.5f, 1f, 2.5f, 100f, 1e6f, 0x1p40f, 0x1p60f})
  void isOddAndCloseToTheExactValue(float x) {
    double exact = Math.log((double) x + Math.sqrt((double) x * x + 1));

    assertThat((double) Asinh.of(x)).isCloseTo(exact, within(TOLERANCE * Math.max(1, exact)));
    assertThat(Asinh.of(-x)).isEqualTo(-Asinh.of(x));
  }

  @Test
  void staysFiniteForTheLargestFloat() {
    assertThat(Asinh.of(Float.MAX_VALUE)).isEqualTo(Asinh.of(0x1p60f)).isFinite();
  }

  @Test
  void sumsUpHowMuchItDrawsEachRowTogether() {
    FeatureMatrix rows = new FeatureMatrix(2, 2);
    rows.append(new float[] {0, 0});
    rows.append(new float[] {-3, 2}); // ln(1 + 9) / 2 + ln(1 + 4) / 2

    assertThat(Asinh.compression(rows)).containsExactly(new double[] {0, 1.956011}, within(1e-6));
  }

  @Test
  void sumsUpManyOfTheLargestCells() {
    FeatureMatrix rows = new FeatureMatrix(40, 1);
    float[] row = new float[40];
    Arrays.fill(row, 0x1p60f);
    rows.append(row);

    assertThat(Asinh.compression(rows)[0]).isCloseTo(40 * 60 * Math.log(2), within(1e-6));
  }

  @Test
  void neverFallsWhereItsArgumentRises() {
    float last = Asinh.of(0f);
    for (float x = 1e-3f; x < 1e6f; x *= 1.001f) {
      float next = Asinh.of(x);
      assertThat(next).as("asinh(%s)", x).isGreaterThanOrEqualTo(last);
      last = next;
    }
  }
}
