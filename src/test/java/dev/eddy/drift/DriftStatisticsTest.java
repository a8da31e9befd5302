package dev.eddy.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriftStatisticsTest {
  @Test
  void measuresPsiOfTwoBinsByHand() {
    // With half a record more in each bin: 0.5 and 0.5 against 0.25 and 0.75.
    // 0.25 ln 2 (from the first: (0.25 - 0.5) ln 0.5) + 0.25 ln 1.5 = 0.2747
    assertThat(DriftStatistics.psi(new long[] {99, 99}, new long[] {49, 149}))
        .isEqualTo(0.25 * Math.log(0.5 / 0.2487) + 0.25 * Math.log(1.5), within(2e-3));
    assertThat(DriftStatistics.psi(new long[] {10, 30}, new long[] {10, 30})).isZero();
  }

  @Test
  void measuresTheLargestDistanceOfDistributionFunctionsWithTies() {
    // After 1: 2/4 against 1/5; after 2: 3/4 against 1/5; after 3: 1 against 2/5.
    assertThat(DriftStatistics.ks(new double[] {1, 1, 2, 3}, new double[] {1, 3, 4, 4, 4}))
        .isEqualTo(0.6, within(1e-12));
    assertThat(DriftStatistics.ks(new double[] {1, 2}, new double[] {1, 2})).isZero();
    assertThat(DriftStatistics.ks(new double[] {1, 2}, new double[] {3, 4})).isEqualTo(1);
  }

  @ParameterizedTest // quantiles of Kolmogorov's distribution
  @CsvSource({"1.3581, 0.05", "1.6276, 0.01", "1.9495, 0.001"})
  void knowsKolmogorovsDistribution(double lambda, double expected) {
    double rows = 1e8; // sqrt of the harmonic size is 7071: the correction vanishes

    assertThat(DriftStatistics.ksPValue(lambda / Math.sqrt(rows / 2), rows, rows))
        .isEqualTo(expected, within(0.01 * expected));
  }

  @ParameterizedTest // quantiles of chi-squared
  @CsvSource({
    "18.307, 10, 0.05",
    "29.588, 10, 0.001",
    "3.841, 1, 0.05",
    "9.342, 10, 0.5",
    "0, 3, 1"
  })
  void knowsTheTailOfChiSquared(double value, int degrees, double expected) {
    assertThat(DriftStatistics.chiSquaredTail(value, degrees))
        .isEqualTo(expected, within(1e-3 * expected));
  }

  @Test
  void measuresTotalVariation() {
    assertThat(DriftStatistics.totalVariation(new long[] {5, 5, 0}, new long[] {0, 10, 10}))
        .isEqualTo(0.5, within(1e-12));
  }
}
