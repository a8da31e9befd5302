package dev.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {
  @Test
  void dealsEachRowAtMostOnceUntilTooFewAreLeft() {
    Batches batches = new Batches(7, 3, new SplittableRandom(1));

    int[] firstTwo =
        IntStream.concat(Arrays.stream(batches.next()), Arrays.stream(batches.next())).toArray();
    int[] third = batches.next();

    assertThat(firstTwo).doesNotHaveDuplicates().hasSize(6);
    assertThat(third).doesNotHaveDuplicates().hasSize(3);
  }

  @Test
  void dealsAllRowsWhenThereAreFewerThanABatch() {
    Batches batches = new Batches(2, 128, new SplittableRandom(1));

    assertThat(batches.size()).isEqualTo(2);
    assertThat(batches.next()).containsExactlyInAnyOrder(0, 1);
  }
}
