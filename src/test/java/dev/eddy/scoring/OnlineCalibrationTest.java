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
      calibration.surprise(-Math.log(1 - random.nextDouble()));
    }

    assertThat(Math.exp(-calibration.surpriseOnly(Math.log(2)))).isCloseTo(0.5, within(0.03));
    assertThat(Math.exp(-calibration.surpriseOnly(Math.log(100)))).isCloseTo(0.01, within(0.004));
    assertThat(calibration.surpriseOnly(50)).isGreaterThan(calibration.surpriseOnly(20));
  }
}
