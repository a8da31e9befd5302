package dev.eddy.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RunningCategoryTest {
  private static final double ROUNDING = 1e-12;

  @Test
  void surprisesByTheShareOfTheValueSoFar() {
    RunningCategory category = new RunningCategory();
    category.learn("tcp");
    category.learn("tcp");
    category.learn(null);

    // half a count for each of two values and for what is new
    assertThat(category.surprise("tcp")).isCloseTo(-Math.log(2.5 / 4.5), within(ROUNDING));
    assertThat(category.surprise(null)).isCloseTo(-Math.log(1.5 / 4.5), within(ROUNDING));
    assertThat(category.surprise("udp")).isCloseTo(-Math.log(0.5 / 4.5), within(ROUNDING));
    assertThat(category.mostFrequent()).isEqualTo("tcp");
  }

  @Test
  void countsWhatComesAfterAThousandValuesTogether() {
    RunningCategory category = new RunningCategory();
    for (int i = 0; i < 5000; i++) {
      category.learn("user-" + i);
    }

    assertThat(category.surprise("user-6000")).isLessThan(category.surprise("user-1"));
  }

  @Test
  void expectsNothingBeforeTheFirstValue() {
    assertThat(new RunningCategory().mostFrequent()).isNull();
    assertThat(new RunningCategory().surprise("tcp")).isZero();
  }
}
