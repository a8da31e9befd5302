package dev.eddy.evaluation.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class PairTrendsTest {
  private static final double TINY = 1e-12;

  private static RecordTable numbers(double[]... rows) {
    String[] labels = new String[rows.length];
    java.util.Arrays.fill(labels, "a");
    return new RecordTable(List.of("x", "y"), List.of(), rows, new String[rows.length][0], labels);
  }

  private static RecordTable categories(String... pairs) {
    String[][] cells = new String[pairs.length][];
    String[] labels = new String[pairs.length];
    for (int i = 0; i < pairs.length; i++) {
      cells[i] = pairs[i].split("");
      labels[i] = "a";
    }
    return new RecordTable(
        List.of(), List.of("p", "q"), new double[pairs.length][0], cells, labels);
  }

  @Test
  void isZeroForOppositeAndOneForEqualCorrelations() {
    RecordTable rising = numbers(new double[] {0, 0}, new double[] {1, 1}, new double[] {2, 2});
    RecordTable falling = numbers(new double[] {0, 2}, new double[] {1, 1}, new double[] {2, 0});

    assertThat(new PairTrends(rising, rising).mean()).isCloseTo(1, within(TINY));
    assertThat(new PairTrends(rising, falling).mean()).isCloseTo(0, within(TINY));
  }

  @Test
  void comparesJointSharesOfCategories() {
    RecordTable real = categories("ax", "ax", "by", "by");
    RecordTable mixed = categories("ax", "ay", "bx", "by"); // half of the mass elsewhere

    assertThat(new PairTrends(real, mixed).mean()).isCloseTo(0.5, within(TINY));
    assertThat(new PairTrends(real, mixed).byColumn()).containsOnlyKeys("p", "q");
  }

  @Test
  void leavesOutAPairWithoutACorrelation() {
    RecordTable constant = numbers(new double[] {1, 0}, new double[] {1, 5});

    assertThat(new PairTrends(constant, constant).mean()).isNaN();
  }
}
