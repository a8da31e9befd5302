package dev.eddy.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.eddy.drift.Marginal.Column;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MarginalTest {
  private final SplittableRandom random = new SplittableRandom(3);

  /** A number that only a share of the rows have. */
  private Column sparse(int rows, double present, double shift) {
    double[] numbers = new double[rows];
    Arrays.setAll(
        numbers, row -> random.nextDouble() < present ? shift + random.nextGaussian() : Double.NaN);
    return new Column("rare", numbers, new String[0]);
  }

  @Test
  void staysQuietWhereANumberIsMostlyMissing() {
    int drifted = 0;
    for (int stream = 0; stream < 20; stream++) {
      Marginal reference = Marginal.of(sparse(900, 0.02, 0));
      for (int window = 0; window < 100; window++) {
        drifted += reference.compare(sparse(2_000, 0.02, 0)).drifted() ? 1 : 0;
      }
    }

    assertThat(drifted).isLessThanOrEqualTo(10); // of 2,000, at a chance of .1 % by each measure
  }

  @Test
  void findsThatANumberThatIsMostlyMissingIsAnotherOne() {
    Marginal reference = Marginal.of(sparse(900, 0.02, 0));

    assertThat(reference.compare(sparse(2_000, 0.02, 5)).drifted()).isTrue();
  }

  @Test
  void takesTheChanceOfFewValuesInAStretchForNoHabitOfTheStream() {
    Marginal reference = Marginal.of(sparse(10_000, 0.05, 0)); // some 50 values in a stretch

    assertThat(reference.usualKs()).isLessThan(0.05);
  }

  @Test
  void stillTakesAsUsualThatStretchesLackTheNumberAltogether() {
    Column column = sparse(5_000, 1, 0);
    Arrays.fill(column.numbers(), 0, 3_000, Double.NaN);

    Marginal reference = Marginal.of(column);

    assertThat(reference.usualKs()).isCloseTo(0.4 - 1.63 / Math.sqrt(500), within(0.02));
    assertThat(reference.compare(sparse(500, 0, 0)).drifted()).isFalse();
  }
}
