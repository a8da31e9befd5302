package dev.eddy.evaluation.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairTrendsTest {
  private static final double TINY = 1e-12;

  private static RecordTable numbers(double[]... rows) {
    String[] labels = new String[rows.length];
    Arrays.fill(labels, "a");
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

  /** Codes of two columns, some of which come in both tables. */
  private static RecordTable codes(int rows, int distinct, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    String[][] cells = new String[rows][];
    String[] labels = new String[rows];
    for (int i = 0; i < rows; i++) {
      cells[i] = new String[] {"p" + random.nextInt(distinct), "q" + random.nextInt(distinct)};
      labels[i] = "a";
    }
    return new RecordTable(List.of(), List.of("p", "q"), new double[rows][0], cells, labels);
  }

  /** By the definition: half of the sum of what the shares of pairs differ by. */
  private static double similarityByDefinition(RecordTable a, RecordTable b) {
    Map<List<@Nullable String>, Double> differences = new HashMap<>();
    for (@Nullable String[] row : a.categories()) {
      differences.merge(Arrays.asList(row), 1.0 / a.rows(), Double::sum);
    }
    for (@Nullable String[] row : b.categories()) {
      differences.merge(Arrays.asList(row), -1.0 / b.rows(), Double::sum);
    }
    return 1 - differences.values().stream().mapToDouble(Math::abs).sum() / 2;
  }

  @ParameterizedTest // fewer pairs of codes than rows, about as many, and more
  @ValueSource(ints = {2, 10, 15, 40})
  void comparesJointSharesHoweverManyCodesThereAre(int distinct) {
    RecordTable real = codes(120, distinct, 1);
    RecordTable other = codes(80, distinct, 2);

    assertThat(new PairTrends(real, other).mean())
        .isBetween(0.0, 1.0)
        .isCloseTo(similarityByDefinition(real, other), within(TINY));
  }

  @Test
  void comparesColumnsThatAreDistinctInEveryRow() {
    int rows = 50_000; // whose pairs of codes are more than an int counts
    String[][] cells = new String[rows][];
    String[] labels = new String[rows];
    for (int i = 0; i < rows; i++) {
      cells[i] = new String[] {"p" + i, "q" + i};
      labels[i] = "a";
    }
    RecordTable table =
        new RecordTable(List.of(), List.of("p", "q"), new double[rows][0], cells, labels);

    assertThat(new PairTrends(table, table).mean()).isCloseTo(1, within(TINY));
  }
}
