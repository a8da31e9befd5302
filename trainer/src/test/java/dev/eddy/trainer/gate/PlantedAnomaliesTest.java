package dev.eddy.trainer.gate;

import static dev.eddy.trainer.TrainerFixture.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.eddy.definition.StreamDefinition;
import dev.eddy.feature.Observation;
import dev.eddy.feature.Sample.Truth;
import dev.eddy.trainer.TrainerFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PlantedAnomaliesTest {
  private static final StreamDefinition DEFINITION =
      TrainerFixture.definition(TrainerFixture.TRAINING);
  private static final int ROWS = 900;
  private static final int KINDS = 3;

  private final List<Observation> normal = normal();
  private final List<Observation> planted = PlantedAnomalies.of(DEFINITION, normal, ROWS, 7);

  @Test
  void plantsSpikesOfSeveralSizes() {
    List<Double> sizes = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      double distance = Math.abs(difference(row, 0));
      if (distance > 0) {
        sizes.add(distance / deviation());
      }
    }

    assertThat(new TreeSet<>(sizes.stream().map(Math::round).toList()))
        .containsExactly(3L, 6L, 12L);
    for (long size : List.of(3L, 6L, 12L)) {
      long drawn = sizes.stream().filter(drawnSize -> Math.round(drawnSize) == size).count();
      assertThat((double) drawn / sizes.size())
          .as("share of spikes of %d deviations", size)
          .isCloseTo(1 / 3.0, within(0.1));
    }
  }

  @Test
  void plantsNoiseOfSeveralSizes() {
    long far = 0;
    for (int row = 0; row < ROWS; row++) {
      far += Math.abs(difference(row, 2)) > 6 * deviation() ? 1 : 0;
    }

    // beyond 6 deviations lie 13.4 % of noise of 4 deviations, .3 % of 2, none of 1: 4.5 % of all
    assertThat((double) far / ROWS).isBetween(0.02, 0.08);
  }

  @Test
  void plantsTheSameForTheSameSeed() {
    List<Observation> again = PlantedAnomalies.of(DEFINITION, normal, ROWS, 7);

    assertThat(again)
        .extracting(row -> row.event().number(0))
        .isEqualTo(planted.stream().map(row -> row.event().number(0)).toList());
  }

  /** Returns how far a record of a kind is from its original, in its first number. */
  private double difference(int row, int kind) {
    return planted.get(KINDS * row + kind).event().number(0) - normal.get(row).event().number(0);
  }

  /** The interquartile range of a normal distribution has 1.349 deviations. */
  private double deviation() {
    double[] sorted = normal.stream().mapToDouble(row -> row.event().number(0)).sorted().toArray();
    return (sorted[sorted.length * 3 / 4] - sorted[sorted.length / 4]) / 1.349;
  }

  private static List<Observation> normal() {
    var random = new SplittableRandom(3);
    List<Observation> rows = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      rows.add(
          sample(row, 10 + random.nextGaussian(), random.nextGaussian(), Truth.UNKNOWN, null)
              .observation());
    }
    return rows;
  }
}
