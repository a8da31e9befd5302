package dev.eddy.evaluation.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RecordTableTest {
  private static final RecordTable TABLE = Tables.draw(1_000, 1);

  private static double[] sortedNumbers(RecordTable table, int column) {
    return Arrays.stream(table.numbers()).mapToDouble(row -> row[column]).sorted().toArray();
  }

  @Test
  void keepsAllRowsOfAClassAndSomeOfTheRestInTheirOrder() {
    RecordTable kept = TABLE.keeping("b", 100, 7);

    assertThat(kept.ofClass("b").numbers()).isDeepEqualTo(TABLE.ofClass("b").numbers());
    assertThat(kept.ofClass("a").rows()).isEqualTo(100);
    assertThat(Arrays.deepEquals(kept.numbers(), TABLE.keeping("b", 100, 8).numbers())).isFalse();
    assertThat(TABLE.keeping("b", 5_000, 7).numbers()).isDeepEqualTo(TABLE.numbers());
  }

  @Test
  void shufflesColumnsWithinTheirClasses() {
    RecordTable shuffled = TABLE.shuffledWithinClasses(7);

    assertThat(shuffled.labels()).isEqualTo(TABLE.labels());
    assertThat(Arrays.deepEquals(shuffled.numbers(), TABLE.numbers())).isFalse();
    assertThat(sortedNumbers(shuffled.ofClass("a"), 0))
        .isEqualTo(sortedNumbers(TABLE.ofClass("a"), 0));
    assertThat(sortedNumbers(shuffled.ofClass("b"), 0))
        .isEqualTo(sortedNumbers(TABLE.ofClass("b"), 0));
  }
}
