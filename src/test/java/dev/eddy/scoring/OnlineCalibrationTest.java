package dev.eddy.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class OnlineCalibrationTest {

  @Test
  void isSilentUntilItHasSeenFiftyValues() {
    OnlineCalibration calibration = new OnlineCalibration();
    for (int i = 0; i < OnlineCalibration.SILENT; i++) {
      assertThat(calibration.surprise(i)).isZero();
    }

    assertThat(calibration.surprise(1000)).isPositive();
  }

  @Test
  void findsTheSharesOfAManyValuedStream() {
    long seed = 4;
    Random random = new Random(seed);
    OnlineCalibration calibration = new OnlineCalibration();
    for (int i = 0; i < 20_000; i++) {
      calibration.surprise(random.nextDouble());
    }

    assertThat(Math.exp(-calibration.surpriseOnly(0.5))).isCloseTo(0.5, within(0.03));
    assertThat(Math.exp(-calibration.surpriseOnly(0.99))).isCloseTo(0.01, within(0.004));
    assertThat(calibration.surpriseOnly(5)).isGreaterThan(calibration.surpriseOnly(1.01));
  }
}
