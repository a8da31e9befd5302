package dev.eddy.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.feature.Sample;
import dev.eddy.feature.Sample.Truth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleSplitTest {
  private static final long SEED = 3;

  /** A thousand samples, of which every hundredth is a labelled anomaly and the next is normal. */
  private final List<Sample> samples = labelled(new ToyStream(SEED).samples(1000));

  @Test
  void everySampleIsTrainedOnHeldOutOrALabelledAnomaly() {
    SampleSplit split = SampleSplit.of(samples, 5, new SplittableRandom(SEED));

    int[] all =
        IntStream.concat(
                Arrays.stream(split.anomalies()),
                IntStream.concat(Arrays.stream(split.training()), Arrays.stream(split.heldOut())))
            .sorted()
            .toArray();
    assertThat(all).containsExactly(IntStream.range(0, 1000).toArray());
    assertThat(split.anomalies())
        .containsExactlyInAnyOrder(0, 100, 200, 300, 400, 500, 600, 700, 800, 900);
    assertThat(split.unlabelled()).isEqualTo(990);
  }

  @Test
  void holdsOutAFifthInBlocksOfNeighbours() {
    SampleSplit split = SampleSplit.of(samples, 5, new SplittableRandom(SEED));

    assertThat(split.heldOut().length).isBetween(119, 297);
    long neighbours =
        IntStream.range(1, split.heldOut().length)
            .filter(i -> split.heldOut()[i] - split.heldOut()[i - 1] <= 2)
            .count();
    assertThat(neighbours).isGreaterThanOrEqualTo(split.heldOut().length - 26); // blocks of eight
  }

  @Test
  void splitsTheSameWayForTheSameSeedOnly() {
    int[] first = SampleSplit.of(samples, 5, new SplittableRandom(1)).training();

    assertThat(SampleSplit.of(samples, 5, new SplittableRandom(1)).training()).isEqualTo(first);
    assertThat(SampleSplit.of(samples, 5, new SplittableRandom(2)).training()).isNotEqualTo(first);
  }

  @Test
  void whatIsTrainedOnOnceIsNotHeldOutLater() {
    List<Sample> stream = new ToyStream(SEED).samples(16_000);
    SampleSplit earlier = SampleSplit.of(stream.subList(0, 8_000), 5, new SplittableRandom(1));
    List<Sample> window = stream.subList(4_000, 16_000);

    SampleSplit later = SampleSplit.of(window, 5, new SplittableRandom(2));

    Set<Integer> trained = new HashSet<>();
    for (int place : earlier.training()) {
      trained.add(place - 4_000);
    }
    long shared = Arrays.stream(later.heldOut()).filter(place -> place < 4_000).count();
    long learned = Arrays.stream(later.heldOut()).filter(trained::contains).count();
    assertThat(shared).isBetween(400L, 1_200L);
    assertThat(learned).as("of %d", shared).isZero();
  }

  @Test
  void usesAsManyRowsAsFitIntoMemory() {
    List<Sample> many = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      many.addAll(samples);
    }

    SplittableRandom random = new SplittableRandom(SEED);
    assertThat(SampleSplit.of(many, 5, random).unlabelled()).isEqualTo(59_400); // all of them
    assertThat(SampleSplit.of(many, 250, random).unlabelled()).isEqualTo(20_000);
    assertThat(SampleSplit.of(many, 500, random).unlabelled()).isEqualTo(10_000);
    assertThat(SampleSplit.of(many, 50_000, random).unlabelled()).isEqualTo(5_000);
  }

  private static List<Sample> labelled(List<Sample> unknown) {
    return IntStream.range(0, unknown.size())
        .mapToObj(
            i -> {
              Truth truth =
                  i % 100 == 0 ? Truth.ANOMALOUS : i % 100 == 1 ? Truth.NORMAL : Truth.UNKNOWN;
              return new Sample(unknown.get(i).observation(), truth, null);
            })
        .toList();
  }
}
