package dev.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class OneCycleTest {
  private static final Offset<Float> ROUNDING = Offset.offset(1e-7f);

  // Turning point 0.2 * 10 - 1 = step 1; the fall takes steps 1 to 9.
  private final OneCycle cycle = new OneCycle(1e-2, 10, 0.2);

  @Test
  void risesFromATwentyFifthOfThePeakAndFallsToAlmostNothing() {
    assertThat(cycle.rate(0)).isEqualTo(4e-4f, ROUNDING);
    assertThat(cycle.rate(1)).isEqualTo(1e-2f, ROUNDING);
    assertThat(cycle.rate(5)).isEqualTo((1e-2f + 4e-8f) / 2, ROUNDING); // half way down a cosine
    assertThat(cycle.rate(9)).isEqualTo(4e-8f, ROUNDING);
  }

  @Test
  void movesMomentumTheOtherWay() {
    assertThat(cycle.momentum(0)).isEqualTo(0.95f, ROUNDING);
    assertThat(cycle.momentum(1)).isEqualTo(0.85f, ROUNDING);
    assertThat(cycle.momentum(5)).isEqualTo(0.90f, ROUNDING);
    assertThat(cycle.momentum(9)).isEqualTo(0.95f, ROUNDING);
  }

  @Test
  void staysFiniteInTheShortestCycle() {
    OneCycle shortest = new OneCycle(1e-2, 2, 0.1);

    assertThat(new float[] {shortest.rate(0), shortest.rate(1)}).doesNotContain(Float.NaN);
    assertThatThrownBy(() -> new OneCycle(1e-2, 1, 0.1)).hasMessageContaining("steps >= 2");
  }
}
