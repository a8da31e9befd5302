package dev.eddy.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  private static final Offset<Double> ROUNDING = within(1e-12);

  /** 1 to 19: the tail of a tenth starts at 17. */
  private static final double[] NINETEEN =
      IntStream.rangeClosed(1, 19).mapToDouble(i -> i).toArray();

  @Test
  void countsReferenceScoresThatAreAtLeastAsHigh() {
    Calibration calibration = Calibration.fit(NINETEEN);

    assertThat(pValue(calibration, 1)).isCloseTo(20 / 20.0, ROUNDING);
    assertThat(pValue(calibration, 10)).isCloseTo(11 / 20.0, ROUNDING);
    assertThat(pValue(calibration, 17)).isCloseTo(4 / 20.0, ROUNDING);
  }

  @Test
  void interpolatesBetweenReferenceScoresInLogarithm() {
    Calibration calibration = Calibration.fit(NINETEEN);

    assertThat(pValue(calibration, 10.5)).isCloseTo(Math.sqrt(11 * 10) / 20, ROUNDING);
  }

  @Test
  void predictsFromFewExcessesWithADoubtAboutTheirMean() {
    Calibration calibration = Calibration.fit(NINETEEN);

    // two excesses over 17, of 1 and 2: mean 1.5; three of twenty lie beyond, counting the new one
    // of an exponential with that mean exp(-2) would exceed 3; of one whose mean is estimated from
    // two of them (1 + 3 / (2 * 1.5))^-2
    assertThat(pValue(calibration, 20)).isCloseTo(3 / 20.0 / 4, ROUNDING);
  }

  @Test
  void givesHigherScoresLowerPValuesFarBeyondTheReferenceAndNeverZero() {
    Calibration calibration = Calibration.fit(NINETEEN);
    double last = calibration.surprise(1);
    for (double score : new double[] {1.5, 9, 17, 17.1, 19, 25, 60, 1e3, 1e6, 1e30, 1e200}) {
      double next = calibration.surprise(score);
      assertThat(next).as("-ln p of %s", score).isFinite().isGreaterThan(last);
      last = next;
    }
  }

  @Test
  void saysNothingAboutScoresBelowTheReference() {
    assertThat(Calibration.fit(NINETEEN).surprise(-1e9)).isZero();
  }

  @Test
  void countsTiesOnce() {
    double[] mostlyZero = new double[100];
    mostlyZero[99] = 1;
    Calibration calibration = Calibration.fit(mostlyZero);

    assertThat(pValue(calibration, 0)).isEqualTo(1);
    assertThat(pValue(calibration, 1e-9)).isCloseTo(2 / 101.0, within(1e-9));
  }

  @Test
  void calibratesByAConstantReference() {
    Calibration calibration = Calibration.fit(new double[] {5, 5, 5, 5});

    assertThat(calibration.surprise(5)).isZero();
    assertThat(pValue(calibration, 5.001)).isLessThanOrEqualTo(1 / 5.0);
    assertThat(calibration.surprise(6)).isFinite().isGreaterThan(calibration.surprise(5.001));
  }

  @Test
  void keepsItsPromiseOnScoresThatItHasNotSeen() {
    long seed = 7;
    Random random = new Random(seed);
    double[] reference = DoubleStream.generate(() -> heavyTailed(random)).limit(4000).toArray();
    Calibration calibration = Calibration.fit(reference);

    double[] fresh = DoubleStream.generate(() -> heavyTailed(random)).limit(400_000).toArray();

    for (double p : new double[] {0.5, 0.1, 0.01, 0.001, 1e-4}) {
      double found =
          Arrays.stream(fresh).filter(s -> calibration.surprise(s) >= -Math.log(p)).count()
              / (double) fresh.length;
      assertThat(found).as("share below p = %s, seed %d", p, seed).isBetween(p / 2, p * 2);
    }
  }

  @Test
  void refusesAnEmptyReference() {
    assertThatThrownBy(() -> Calibration.fit(new double[0]))
        .hasMessage("reference must have at least one score, got none");
  }

  /** A generalized Pareto score of shape 0.3. */
  private static double heavyTailed(Random random) {
    return (Math.pow(1 - random.nextDouble(), -0.3) - 1) / 0.3;
  }

  private static double pValue(Calibration calibration, double score) {
    return Math.exp(-calibration.surprise(score));
  }
}
