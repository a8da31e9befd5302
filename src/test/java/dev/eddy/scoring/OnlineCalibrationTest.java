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

  @Test
  void givesTheSameForTheSameValuesToTheLastBit() {
    OnlineCalibration one = new OnlineCalibration();
    OnlineCalibration other = new OnlineCalibration();
    Random random = new Random(5);
    for (int i = 0; i < 20_000; i++) {
      double value = random.nextInt(40) * random.nextDouble();
      assertThat(one.surprise(value)).isEqualTo(other.surprise(value));
    }
  }

  @Test
  void takesAValueBeyondItsRangeAsItsLargest() {
    OnlineCalibration calibration = new OnlineCalibration();
    for (int i = 0; i < 200; i++) {
      calibration.surprise(1 + i % 10);
    }

    assertThat(calibration.surprise(1e300)).isFinite().isGreaterThan(calibration.surprise(1e5));
  }
}
