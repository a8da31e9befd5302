package dev.eddy.trainer.collection;

import static dev.eddy.trainer.TrainerFixture.at;
import static dev.eddy.trainer.TrainerFixture.sample;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.event.Coordinates;
import dev.eddy.feature.Sample;
import dev.eddy.feature.Sample.Truth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TrainingSetTest {

  @Test
  void keepsEverythingWhileThereIsRoom() {
    var set = new TrainingSet(10, 1, 1);
    LongStream.range(0, 10).forEach(offset -> set.offer(sample(offset, Truth.UNKNOWN, null)));

    assertThat(offsets(set)).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    assertThat(set.isFull()).isTrue();
  }

  @Test
  void neverHoldsMoreThanItsMaximum() {
    var set = new TrainingSet(50, 1, 1);
    for (long offset = 0; offset < 500; offset++) {
      set.offer(sample(offset, Truth.UNKNOWN, null));
      assertThat(set.size()).isLessThanOrEqualTo(50);
    }
  }

  @Test
  void keepsRareClassesWholeAndNormalRowsFourTimesAsManyAsOfALargeClass() {
    var set = new TrainingSet(100, 1, 1);
    for (long offset = 0; offset < 2_000; offset++) {
      boolean attack = offset % 2 == 0;
      String labelClass = offset % 400 == 0 ? "rare" : attack ? "flood" : "normal";
      set.offer(sample(offset, attack ? Truth.ANOMALOUS : Truth.NORMAL, labelClass));
    }

    assertThat(set.sizes())
        .containsExactlyInAnyOrderEntriesOf(Map.of("rare", 5, "flood", 19, "normal", 76));
  }

  @Test
  void holdsTheSameRowsInWhateverOrderTheyCome() {
    List<Sample> rows = new ArrayList<>();
    for (long offset = 0; offset < 1_000; offset++) {
      boolean attack = offset % 10 == 0;
      rows.add(sample(offset, attack ? Truth.ANOMALOUS : Truth.UNKNOWN, attack ? "dos" : null));
    }
    List<Long> expected = offsets(filled(rows, 7));
    for (int seed = 0; seed < 5; seed++) {
      Collections.shuffle(rows, new Random(seed));

      assertThat(offsets(filled(rows, 7))).as("order of seed %d", seed).isEqualTo(expected);
    }
    assertThat(offsets(filled(rows, 8))).as("another seed").isNotEqualTo(expected);
  }

  @Test
  void samplesTheWholeStreamEvenly() {
    var set = new TrainingSet(1_000, 1, 3);
    LongStream.range(0, 20_000).forEach(offset -> set.offer(sample(offset, Truth.UNKNOWN, null)));

    double mean = offsets(set).stream().mapToLong(offset -> offset).average().orElseThrow();

    // The mean of 1,000 of 20,000 uniform offsets has a standard error of 5,774 / sqrt(1,000) =
    // 183.
    assertThat(mean).isBetween(9_000.0, 11_000.0);
  }

  @Test
  void replacesARowWhoseTruthBecomesKnown() {
    var set = new TrainingSet(10, 1, 1);
    set.offer(sample(3, Truth.UNKNOWN, null));

    set.offer(sample(3, Truth.ANOMALOUS, "dos"));

    assertThat(set.size()).isEqualTo(1);
    assertThat(set.sizes()).containsExactly(Map.entry("dos", 1));
    assertThat(set.find(at(3))).map(Sample::truth).contains(Truth.ANOMALOUS);
  }

  @Test
  void removesRowsThatTheWindowHasLeftBehind() {
    var set = new TrainingSet(1_000, 1, 1);
    LongStream.range(0, 201).forEach(offset -> set.offer(sample(offset, Truth.UNKNOWN, null)));

    set.expire(50_000); // a second each; the 99 % time is 198 s

    assertThat(offsets(set)).hasSize(53).startsWith(148L).endsWith(200L);
  }

  @Test
  void isNotEmptiedByOneRecordOfTheFarFuture() {
    var set = new TrainingSet(1_000, 1, 1);
    LongStream.range(0, 200).forEach(offset -> set.offer(sample(offset, Truth.UNKNOWN, null)));
    set.offer(sample(1L << 40, Truth.UNKNOWN, null));

    set.expire(3_600_000);

    assertThat(set.size()).isEqualTo(201);
  }

  @Test
  void lumpsTheClassesOfALabelFieldThatHoldsIds() {
    var set = new TrainingSet(1_000, 1, 1);
    LongStream.range(0, 900)
        .forEach(offset -> set.offer(sample(offset, Truth.ANOMALOUS, "id-" + offset)));

    assertThat(set.sizes()).hasSize(201).containsEntry("other classes", 700);
  }

  @Test
  void letsTheEntityThatHoldsMoreThanItsShareGiveWayFirst() {
    var set = new TrainingSet(100, 0.1, 1);
    LongStream.range(0, 200).forEach(offset -> set.offer(of("loud", offset)));
    LongStream.range(200, 290).forEach(offset -> set.offer(of("quiet-" + offset, offset)));

    assertThat(entities(set)).hasSize(91).containsEntry("loud", 10L);
  }

  @Test
  void leavesOneEntityAllTheRoomThatNobodyElseWants() {
    var set = new TrainingSet(100, 0.1, 1);

    LongStream.range(0, 200).forEach(offset -> set.offer(of("only", offset)));

    assertThat(set.size()).isEqualTo(100);
  }

  @Test
  void dependsOnTheRecordsAloneWithAShareToo() {
    List<Sample> rows = new ArrayList<>();
    for (long offset = 0; offset < 2_000; offset++) {
      rows.add(of(offset % 3 == 0 ? "loud" : "quiet-" + offset % 400, offset));
    }
    List<Long> expected = offsets(shared(rows));
    for (int seed = 0; seed < 5; seed++) {
      Collections.shuffle(rows, new Random(seed));

      assertThat(offsets(shared(rows))).as("order of seed %d", seed).isEqualTo(expected);
    }
  }

  private static TrainingSet shared(List<Sample> rows) {
    var set = new TrainingSet(200, 0.1, 7);
    rows.forEach(set::offer);
    return set;
  }

  private static Sample of(String entity, long offset) {
    return sample(entity, offset, 0, 0, Truth.UNKNOWN, null);
  }

  private static Map<String, Long> entities(TrainingSet set) {
    return set.samples().stream()
        .collect(
            Collectors.groupingBy(
                row -> row.observation().event().entity(), Collectors.counting()));
  }

  private static TrainingSet filled(List<Sample> rows, long seed) {
    var set = new TrainingSet(100, 1, seed);
    rows.forEach(set::offer);
    return set;
  }

  private static List<Long> offsets(TrainingSet set) {
    return set.samples().stream()
        .map(row -> row.observation().event().coordinates())
        .map(Coordinates::offset)
        .toList();
  }
}
