package dev.eddy.augmentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DiversityTest {
  private static TokenRows rows() {
    List<SyntheticRow> hot = RealRows.of(ToyStream.samples("hot", 300, 1));
    double[] weights = hot.stream().mapToDouble(row -> 1).toArray();
    TokenEncoder encoder = TokenEncoder.fit(ToyStream.DEFINITION, hot, weights);
    return TokenRows.of(encoder, List.of("hot"), List.of(hot));
  }

  private static long[] tokens(TokenRows rows, int distinct) {
    int columns = rows.layout().columns().size();
    long[] tokens = new long[Diversity.ROWS * columns];
    for (int i = 0; i < tokens.length; i++) {
      int[] row = rows.rows()[0][i / columns % distinct];
      tokens[i] = rows.layout().offset(i % columns) + (long) row[i % columns];
    }
    return tokens;
  }

  @Test
  void noticesThatAFewRowsAreRepeatedOverAndOver() {
    TokenRows rows = rows();
    Diversity diversity = new Diversity(rows);

    assertThat(diversity.trouble(0, tokens(rows, Diversity.ROWS))).isNull();
    assertThat(diversity.trouble(0, tokens(rows, 3))).startsWith("mode collapse in class 0");
  }

  /** Logits of rows that are certain of the tokens of the first so many training rows. */
  private static float[] logits(TokenRows rows, int distinct) {
    int width = rows.layout().width();
    float[] logits = new float[Diversity.ROWS * width];
    for (int i = 0; i < Diversity.ROWS; i++) {
      int[] row = rows.rows()[0][i % distinct];
      for (int column = 0; column < row.length; column++) {
        logits[i * width + rows.layout().offset(column) + row[column]] = 20;
      }
    }
    return logits;
  }

  @Test
  void noticesThatANetworkGivesTheSameLogitsOverAndOver() {
    TokenRows rows = rows();
    Diversity diversity = new Diversity(rows);

    assertThat(diversity.trouble(0, logits(rows, Diversity.ROWS))).isNull();
    assertThat(diversity.trouble(0, logits(rows, 3))).startsWith("mode collapse in class 0");
  }
}
