package dev.eddy.augmentation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NumberColumnTest {

  private static NumberColumn fit(double... cells) {
    double[] weights = new double[cells.length];
    Arrays.fill(weights, 1);
    return NumberColumn.fit("n", cells, weights);
  }

  /** A third of the rows is 0, the rest is uniform in [1, 2) with three decimals. */
  private static double[] spiked(int rows) {
    SplittableRandom random = new SplittableRandom(1);
    double[] cells = new double[rows];
    for (int i = 0; i < rows; i++) {
      cells[i] = i % 3 == 0 ? 0 : Math.rint(random.nextDouble(1, 2) * 1000) / 1000;
    }
    return cells;
  }

  @Test
  void givesEachFrequentValueOfFewItsOwnToken() {
    NumberColumn column = fit(7, 7, 7, 7, 7, 3, 3, 3, 3, 3);

    assertThat(column.tokens()).isEqualTo(2);
    assertThat(column.value(column.token(3), 0.9)).isEqualTo(3);
    assertThat(column.value(column.token(7), 0.1)).isEqualTo(7);
  }

  @Test
  void givesNoTokenOfItsOwnToAValueOfFewRows() {
    NumberColumn column = fit(1, 1, 1, 1, 1, 5, 9, 13, 17, 21);

    assertThat(column.tokens()).isEqualTo(2);
    assertThat(column.token(5)).isEqualTo(column.token(21)).isNotEqualTo(column.token(1));
    assertThat(column.value(column.token(21), 0.5)).isEqualTo(13); // the mean of all five
  }

  @Test
  void neverGeneratesTheOnlyValueBesideTheSpikes() {
    double[] ages = new double[30 * 20 + 1];
    for (int i = 0; i < ages.length; i++) {
      ages[i] = 20 + i % 30;
    }
    ages[600] = 103;

    NumberColumn column = fit(ages);

    assertThat(column.tokens()).isEqualTo(30);
    assertThat(column.knows(103)).isFalse();
    assertThat(column.value(column.token(103), 0.5)).as("the nearest spike").isEqualTo(49);
    for (int token = 0; token < column.tokens(); token++) {
      assertThat(column.value(token, 0.5)).isBetween(20.0, 49.0);
    }
  }

  @Test
  void makesNoBinOfFewerValuesThanAreAveraged() {
    NumberColumn column = fit(1, 1, 1, 1, 1, 5, 9, 13, 17);

    assertThat(column.tokens()).isEqualTo(1);
    assertThat(column.value(column.token(17), 0.5)).isEqualTo(1);
  }

  @Test
  void generatesMissingWhereFewValuesAreAllThereIs() {
    NumberColumn column = fit(3, 103, Double.NaN, Double.NaN);

    assertThat(column.tokens()).isEqualTo(1);
    assertThat(column.value(column.token(103), 0.5)).isNaN();
    assertThat(column.knows(103)).isFalse();
  }

  @Test
  void takesNegativeZeroForTheSpikeAtZero() {
    NumberColumn column = fit(-4, -4, -4, -4, -4, 0, 0, 0, 0, 0, -1, -2, -3, -5, -6);

    assertThat(column.token(-0.0)).isEqualTo(column.token(0));
    assertThat(column.value(column.token(-0.0), 0.5)).isZero();
    assertThat(fit(-0.0, 0, -0.0, 0, 0).knows(-0.0)).isTrue();
  }

  @Test
  void keepsASpikeExactAndCutsTheRestIntoBins() {
    NumberColumn column = fit(spiked(3_000));

    assertThat(column.tokens()).isEqualTo(49);
    assertThat(column.value(column.token(0), 0.3)).isZero();
    for (double value : new double[] {1.001, 1.25, 1.5, 1.999}) {
      assertThat(column.value(column.token(value), 0.5))
          .isBetween(value - 0.025, value + 0.025); // a bin is 1/48 wide
    }
  }

  @Test
  void decodesWithTheDecimalsOfTheSource() {
    NumberColumn column = fit(spiked(300));

    double value = column.value(column.token(1.5), 0.123456);

    assertThat(value).isEqualTo(Math.rint(value * 1000) / 1000);
  }

  @Test
  void decodesWithTheThousandsOfTheSource() {
    SplittableRandom random = new SplittableRandom(1);
    double[] cells =
        random.doubles(500).map(u -> 1_700_000_000_000.0 + 1_000 * (int) (u * 1e6)).toArray();

    NumberColumn column = fit(cells);

    for (int token = 0; token < column.tokens(); token++) {
      assertThat(column.value(token, random.nextDouble()) % 1_000).isZero();
    }
  }

  @Test
  void givesMissingItsOwnTokenAndTakesItForTheFirstWhereItNeverWas() {
    NumberColumn missing = fit(1, 1, 1, 1, 1, Double.NaN);
    NumberColumn complete = fit(1, 1, 1, 1, 1);

    assertThat(missing.value(missing.token(Double.NaN), 0)).isNaN();
    assertThat(missing.place(missing.token(Double.NaN))).isZero();
    assertThat(complete.token(Double.NaN)).isZero();
    assertThat(complete.knows(Double.NaN)).isFalse();
  }

  @Test
  void hidesTheExtremesBehindMeans() {
    double[] cells = new double[200];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = i + 0.5;
    }
    cells[199] = 1_000_000;
    NumberColumn column = fit(cells);

    double highest = column.value(column.token(1_000_000), 0.999999);

    assertThat(highest).isBetween(190.0, 200_200.0); // mean of the five highest: 200,157.6
    assertThat(column.knows(1_000_000)).isFalse();
    assertThat(column.knows(100)).isTrue();
  }

  @Test
  void makesBinsFinerWhereWeightsAreHigh() {
    double[] cells = new double[1_000];
    double[] weights = new double[1_000];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = i < 100 ? 100 + i * 0.01 : i * 0.01; // the first hundred: a rare class at 100
      weights[i] = i < 100 ? 9 : 1;
    }
    NumberColumn column = NumberColumn.fit("n", cells, weights);

    assertThat(column.token(100.9) - column.token(100)).isGreaterThan(18);
  }

  @Test
  void comesBackFromJsonTheSame() throws Exception {
    NumberColumn column = fit(spiked(300));
    ObjectNode json = new ObjectMapper().createObjectNode();

    column.write(json);
    NumberColumn read = NumberColumn.read(new ObjectMapper().readTree(json.toString()));

    assertThat(read.tokens()).isEqualTo(column.tokens());
    for (int token = 0; token < column.tokens(); token++) {
      assertThat(read.value(token, 0.37)).isEqualTo(column.value(token, 0.37));
    }
  }

  @Test
  void reproducesAConstant() {
    NumberColumn column = fit(4, 4, 4, 4, 4, 4);

    assertThat(column.tokens()).isEqualTo(1);
    assertThat(column.value(0, 0.5)).isEqualTo(4);
  }
}
