package dev.eddy.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.eddy.definition.Feature;
import dev.eddy.definition.Feature.Direction;
import dev.eddy.definition.MinimumDeviation;
import org.junit.jupiter.api.Test;

class RunningNumberTest {

  @Test
  void measuresInDeviationsFromTheMean() {
    RunningNumber number = alternating(Feature.number("load"));

    assertThat(number.mean()).isCloseTo(10, within(0.01));
    assertThat(number.deviation(13)).isCloseTo(3, within(0.02));
    assertThat(number.deviation(8)).isCloseTo(-2, within(0.02));
  }

  @Test
  void saysNothingBeforeTenValues() {
    RunningNumber number = new RunningNumber(Feature.number("load"));
    for (int i = 0; i < 9; i++) {
      number.learn(i);
    }

    assertThat(number.known()).isFalse();
    assertThat(number.deviation(1e9)).isZero();
  }

  @Test
  void isNotBlindedByOneAbsurdValue() {
    RunningNumber number = alternating(Feature.number("load"));

    number.learn(1e300);

    assertThat(number.deviation(40)).isGreaterThan(15);
    assertThat(number.deviation(1e300)).isEqualTo(100);
  }

  @Test
  void doesNotCountLessThanTheMinimumDeviation() {
    Feature floored =
        new Feature("load", Feature.Type.NUMBER, Direction.BOTH, new MinimumDeviation(0, 0.5));

    assertThat(alternating(floored).deviation(15)).isCloseTo(1, within(0.01));
  }

  /** Half 9, half 11: mean 10, deviation 1. */
  private static RunningNumber alternating(Feature feature) {
    RunningNumber number = new RunningNumber(feature);
    for (int i = 0; i < 2000; i++) {
      number.learn(i % 2 == 0 ? 9 : 11);
    }
    return number;
  }
}
