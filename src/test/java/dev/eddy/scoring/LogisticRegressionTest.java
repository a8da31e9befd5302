package dev.eddy.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LogisticRegressionTest {
  private static final double[] EVEN = {1, 1, 1, 1};

  @Test
  void findsTheCoefficientThatTheRowsSayWhereThePriorIsWeak() {
    // Three of four rows at 1 are positive, one of four at 0: the logits are ln 3 and -ln 3.
    double[][] rows = {{1}, {1}, {1}, {1}, {0}, {0}, {0}, {0}};
    boolean[] positive = {true, true, true, false, true, false, false, false};
    double[] weights = new double[8];
    Arrays.fill(weights, 1e6);

    double[] found = LogisticRegression.fit(rows, positive, weights, new double[] {0}, 1e-3);

    assertThat(found[0]).isCloseTo(2 * Math.log(3), within(1e-4));
  }

  @Test
  void staysAtThePriorWhereThePriorIsStrong() {
    double[][] rows = {{1, 0}, {1, 1}, {0, 0}, {0, 1}};
    boolean[] positive = {true, true, false, false};

    double[] found = LogisticRegression.fit(rows, positive, EVEN, new double[] {0.2, 0.8}, 1e9);

    assertThat(found).containsExactly(new double[] {0.2, 0.8}, within(1e-6));
  }

  @Test
  void staysFiniteOnRowsThatAColumnTellsApart() {
    double[][] rows = {{5}, {6}, {-5}, {-6}};
    boolean[] positive = {true, true, false, false};

    double[] found = LogisticRegression.fit(rows, positive, EVEN, new double[] {0}, 0.3);

    assertThat(found[0]).isBetween(0.1, 5.0);
  }
}
