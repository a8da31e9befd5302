package dev.eddy.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TokenBatchesTest {
  private static final List<SyntheticRow> COLD = RealRows.of(ToyStream.samples("cold", 900, 1));
  private static final List<SyntheticRow> HOT = RealRows.of(ToyStream.samples("hot", 100, 2));

  private static TokenRows rows() {
    List<SyntheticRow> all = Stream.concat(COLD.stream(), HOT.stream()).toList();
    double[] weights = all.stream().mapToDouble(row -> 1).toArray();
    TokenEncoder encoder = TokenEncoder.fit(ToyStream.DEFINITION, all, weights);
    return TokenRows.of(encoder, List.of("cold", "hot"), List.of(COLD, HOT));
  }

  @Test
  void drawsClassesByTheSquareRootOfTheirRows() {
    TokenBatches batches = new TokenBatches(rows(), new SplittableRandom(3), TokenBatches.BALANCED);

    int[] classes = batches.classes(20_000);

    // sqrt(100) / (sqrt(900) + sqrt(100)); a tenth of the rows are hot
    assertThat(Arrays.stream(classes).average()).hasValueCloseTo(0.25, within(0.015));
  }

  @Test
  void leavesClassesTheirSharesWhereNoneIsRare() {
    double[] means = new double[2];
    double[] rare = {0.02, 0.2};
    for (int i = 0; i < means.length; i++) {
      TokenBatches batches = new TokenBatches(rows(), new SplittableRandom(3), rare[i]);
      means[i] = Arrays.stream(batches.classes(20_000)).average().orElseThrow();
    }

    assertThat(means[0]).isCloseTo(0.1, within(0.015));
    assertThat(means[1]).isCloseTo(0.25, within(0.015));
  }

  @Test
  void drawsARowOfEachClassThatItWasAskedFor() {
    TokenRows rows = rows();
    int columns = rows.layout().columns().size();

    long[] tokens =
        new TokenBatches(rows, new SplittableRandom(3), TokenBatches.BALANCED)
            .tokens(new int[] {1, 0, 1, 1});

    for (int row = 0; row < 4; row++) {
      int[] drawn = new int[columns];
      for (int column = 0; column < columns; column++) {
        drawn[column] = (int) tokens[row * columns + column] - rows.layout().offset(column);
      }
      assertThat(List.of(rows.rows()[row == 1 ? 0 : 1]))
          .anyMatch(known -> Arrays.equals(known, drawn));
    }
  }
}
