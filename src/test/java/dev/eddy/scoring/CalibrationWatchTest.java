package dev.eddy.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CalibrationWatchTest {
  private static final long SEED = 5;
  private final CalibrationWatch watch = new CalibrationWatch();
  private final Random random = new Random(SEED);

  @Test
  void holdsWhereScoresAreThoseOfUniformPValues() {
    uniform(50_000);

    assertThat(watch.finding().holds()).isTrue();
    assertThat(watch.finding().realised()).isCloseTo(0.01, within(0.005));
    assertThat(watch.finding().distance()).isLessThan(0.04);
  }

  @Test
  void saysNothingOfFewRecords() {
    for (int i = 0; i < CalibrationWatch.FEWEST - 1; i++) {
      assertThat(watch.add(9)).isFalse();
    }
    assertThat(watch.finding().holds()).isTrue();
    assertThat(watch.finding().reason()).isEqualTo("fewer than 2000 records were seen");

    assertThat(watch.add(9)).as("says that this changed it").isTrue();
    assertThat(watch.finding().holds()).isFalse();
  }

  @Test
  void seesADriftThatTreblesTheSmallPValuesAndForgetsItWhenItIsOver() {
    uniform(10_000);
    for (int i = 0; i < 10_000; i++) {
      watch.add(-Math.log(Math.pow(random.nextDouble(), 2.2))); // p <= 0.1 for 35 % instead of 10
    }
    assertThat(watch.finding().holds()).isFalse();
    assertThat(watch.finding().reason())
        .matches("calibration does not hold: p at most 0.25 has 4\\d\\.\\d % of recent records");

    uniform(20_000);

    assertThat(watch.finding().holds()).isTrue();
  }

  @Test
  void takesAFewAnomaliesForWhatTheyAre() {
    for (int i = 0; i < 30_000; i++) {
      watch.add(i % 20 == 0 ? 12 : -Math.log(1 - random.nextDouble()));
    }

    assertThat(watch.finding().holds()).as("with one anomaly in twenty").isTrue();
    assertThat(watch.finding().realised()).isGreaterThan(0.04);
  }

  @Test
  void doesNotMindPValuesThatAreTooLarge() {
    for (int i = 0; i < 10_000; i++) {
      watch.add(0.1);
    }

    assertThat(watch.finding().holds()).isTrue();
  }

  @Test
  void beginsAnewWithAnotherModel() {
    for (int i = 0; i < 5_000; i++) {
      watch.add(9);
    }

    watch.restart();

    assertThat(watch.finding()).isEqualTo(new CalibrationWatch.Finding(0, 0, 0, 0, true));
  }

  private void uniform(int records) {
    for (int i = 0; i < records; i++) {
      watch.add(-Math.log(1 - random.nextDouble()));
    }
  }
}
