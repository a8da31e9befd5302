package dev.eddy.trainer.training;

import static dev.eddy.trainer.TrainerFixture.sample;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.feature.Sample;
import dev.eddy.feature.Sample.Truth;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HeldOutSplitTest {

  @Test
  void holdsOutAboutAQuarter() {
    HeldOutSplit split = HeldOutSplit.of(samples(0, 20_000));

    assertThat(split.training().size() + split.heldOut().size()).isEqualTo(20_000);
    // 625 blocks, each held out with a chance of 1/4: a standard deviation of 11 blocks
    assertThat(split.heldOut().size()).isBetween(4_000, 6_000);
  }

  @Test
  void neverTrainsOnARowThatAnotherVersionHeldOut() {
    HeldOutSplit earlier = HeldOutSplit.of(samples(0, 5_000));
    HeldOutSplit later = HeldOutSplit.of(samples(2_000, 9_000));

    Set<Long> trained = new HashSet<>(offsets(later.training()));
    trained.addAll(offsets(earlier.training()));

    assertThat(trained)
        .doesNotContainAnyElementsOf(offsets(earlier.heldOut()))
        .doesNotContainAnyElementsOf(offsets(later.heldOut()));
  }

  @Test
  void holdsNeighboursOutTogether() {
    Set<Long> heldOut = new HashSet<>(offsets(HeldOutSplit.of(samples(0, 3_200)).heldOut()));

    for (long block = 0; block < 100; block++) {
      long first = 32 * block;
      long among = LongStream.range(first, first + 32).filter(heldOut::contains).count();
      assertThat(among).as("held out of block %d", block).isIn(0L, 32L);
    }
  }

  private static List<Sample> samples(long from, long to) {
    return LongStream.range(from, to).mapToObj(o -> sample(o, Truth.UNKNOWN, null)).toList();
  }

  private static List<Long> offsets(List<Sample> samples) {
    return samples.stream().map(s -> s.observation().event().coordinates().offset()).toList();
  }
}
