package dev.eddy.trainer.collection;

import static dev.eddy.trainer.TrainerFixture.at;
import static dev.eddy.trainer.TrainerFixture.sample;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.feature.Sample;
import dev.eddy.feature.Sample.Truth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingWindowTest {
  private static final WindowSlices SLICES = new WindowSlices(8_000_000); // slices of 1,000 rows

  @ParameterizedTest
  @ValueSource(ints = {20, 200, 2_000, 20_000})
  void hasTheRowsOfAWindowThatSawNoOthers(int maximum) {
    List<Sample> rows = stream(60_000);
    TrainingWindow window = window(maximum);
    for (Sample row : rows) {
      window.put(row, time(row));
      if (offset(row) % 7_000 == 6_999) {
        window.moveTo(time(row));
        assertThat(window.sizes().values().stream().mapToInt(size -> size).sum())
            .isEqualTo(window.size())
            .isEqualTo(window.samples().size());
        assertThat(window.samples())
            .as("at %d", offset(row))
            .isEqualTo(alone(rows.subList(0, rows.indexOf(row) + 1), offset(row), maximum));
      }
    }
  }

  @Test
  void hasTheSameRowsInWhateverOrderPartitionsAreRead() {
    List<Sample> rows = stream(20_000);
    List<Sample> expected = alone(rows, 19_999, 500);
    for (int seed = 0; seed < 5; seed++) {
      Collections.shuffle(rows, new Random(seed));
      TrainingWindow window = window(500);
      rows.forEach(row -> window.put(row, time(row)));

      window.moveTo(19_999_000);

      assertThat(window.samples()).as("order of seed %d", seed).isEqualTo(expected);
    }
  }

  @Test
  void isFullAgainWhenRowsOfALoudHourLeaveIt() {
    TrainingWindow window = window(1_000);
    for (long offset = 0; offset < 30_000; offset++) {
      window.put(sample(offset, Truth.UNKNOWN, null), 1_000 * offset);
    }

    window.moveTo(29_999_000);

    assertThat(window.samples()).hasSize(1_000);
    assertThat(offset(window.samples().get(0))).isBetween(21_000L, 21_100L);
  }

  @Test
  void findsTheRowsAgainThatALabelMadeRoomFor() {
    List<Sample> rows = new ArrayList<>();
    for (long offset = 0; offset < 8_000; offset++) {
      rows.add(sample(offset, Truth.UNKNOWN, null));
    }
    TrainingWindow window = window(1_000);
    rows.forEach(row -> window.put(row, time(row)));
    for (int labelled = 0; labelled < 100; labelled++) {
      window.replace(sample(labelled, Truth.ANOMALOUS, "dos"));
    }
    for (int labelled = 0; labelled < 100; labelled++) {
      window.replace(rows.get(labelled)); // taken back
    }

    window.moveTo(7_999_000);

    assertThat(window.samples()).isEqualTo(alone(rows, 7_999, 1_000));
  }

  @Test
  void movesBackALittle() {
    List<Sample> rows = stream(16_000);
    TrainingWindow window = window(500);
    rows.forEach(row -> window.put(row, time(row)));
    window.moveTo(15_999_000);

    window.moveTo(14_500_000);

    assertThat(window.samples()).isEqualTo(alone(rows, 14_500, 500));
  }

  @Test
  void holdsABoundedNumberOfRowsHoweverSenselessTheirTimes() {
    var random = new SplittableRandom(1);
    TrainingWindow window = window(100);
    window.moveTo(1L << 39);
    List<Sample> rows = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      rows.add(sample(random.nextLong(1L << 32), Truth.UNKNOWN, null));
    }

    rows.forEach(row -> window.put(row, time(row)));

    assertThat(rows.stream().filter(row -> window.find(at(offset(row))).isPresent()).count())
        .isLessThan(64 * 113);
  }

  /** Loud and silent hours, a loud entity, classes of every rarity. */
  private static List<Sample> stream(int rows) {
    var random = new SplittableRandom(7);
    List<Sample> stream = new ArrayList<>();
    for (long offset = 0; offset < rows; offset++) {
      boolean silent = offset / 1_000 % 5 == 3 && random.nextInt(50) > 0;
      boolean attack = random.nextInt(30) == 0;
      String labelClass = "class-" + Long.numberOfTrailingZeros(random.nextLong(1, 1L << 20));
      String entity = random.nextInt(3) == 0 ? "loud" : "quiet-" + random.nextInt(200);
      if (!silent) {
        stream.add(
            sample(
                entity,
                offset,
                0,
                0,
                attack ? Truth.ANOMALOUS : Truth.UNKNOWN,
                attack ? labelClass : null));
      }
    }
    return stream;
  }

  private static List<Sample> alone(List<Sample> rows, long now, int maximum) {
    var rule = new SamplingRule(maximum, maximum / 10);
    List<Row> inWindow =
        rows.stream()
            .filter(row -> SLICES.of(time(row)) >= SLICES.first(1_000 * now))
            .map(row -> Row.of(row, 7))
            .toList();
    return rule.choose(inWindow).stream()
        .sorted(Comparator.comparing(Row::coordinates, Row.BY_PLACE))
        .map(Row::sample)
        .toList();
  }

  private static TrainingWindow window(int maximum) {
    return new TrainingWindow(maximum, 0.1, 7, SLICES);
  }

  private static long offset(Sample row) {
    return row.observation().event().coordinates().offset();
  }

  private static long time(Sample row) {
    return row.observation().event().timestampMillis();
  }
}
