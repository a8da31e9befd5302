package dev.eddy.trainer.collection;

import static dev.eddy.trainer.TrainerFixture.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.feature.Sample;
import dev.eddy.feature.Sample.Truth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SamplingRuleTest {
  private static final List<Truth> TRUTHS = List.of(Truth.UNKNOWN, Truth.NORMAL, Truth.ANOMALOUS);

  @Test
  void keepsEverythingWhileThereIsRoom() {
    List<Row> rows = rows(0, 10, SamplingRuleTest::unlabelled);

    assertThat(new SamplingRule(10, 10).choose(rows)).containsExactlyElementsOf(rows);
  }

  @Test
  void keepsRareClassesWholeAndNormalRowsFourTimesAsManyAsOfALargeClass() {
    List<Row> rows =
        rows(
            0,
            2_000,
            offset ->
                offset % 2 == 1
                    ? sample(offset, Truth.NORMAL, "normal")
                    : sample(offset, Truth.ANOMALOUS, offset % 400 == 0 ? "rare" : "flood"));

    assertThat(sizes(new SamplingRule(100, 100), rows))
        .containsExactlyInAnyOrderEntriesOf(Map.of("rare", 5, "flood", 19, "normal", 76));
  }

  @Test
  void keepsTheSameRowsInWhateverOrderTheyCome() {
    var rule = new SamplingRule(100, 10);
    List<Row> rows = mixed(0, 2_000);
    var expected = new HashSet<>(rule.choose(rows));
    for (int seed = 0; seed < 5; seed++) {
      Collections.shuffle(rows, new Random(seed));

      assertThat(new HashSet<>(rule.choose(rows)))
          .as("order of seed %d", seed)
          .isEqualTo(expected)
          .hasSize(100);
    }
  }

  @Test
  void keepsOtherRowsWithAnotherSeed() {
    var rule = new SamplingRule(100, 100);
    List<Sample> samples = mixed(0, 1_000).stream().map(Row::sample).toList();

    assertThat(rule.choose(seeded(samples, 7)).stream().map(Row::sample))
        .isNotEqualTo(rule.choose(seeded(samples, 8)).stream().map(Row::sample));
  }

  private static List<Row> seeded(List<Sample> samples, long seed) {
    return samples.stream().map(sample -> Row.of(sample, seed)).toList();
  }

  @Test
  void neverKeepsARowOfMoreThatGivesWayAmongFewer() {
    var random = new Random(3);
    for (int maximum : new int[] {10, 50, 200, 1_000}) {
      var rule = new SamplingRule(maximum, Math.max(1, maximum / 20));
      List<Row> all = mixed(0, 3_000);
      for (int fewer = 100; fewer < 3_000; fewer += 500) {
        Collections.shuffle(all, random);
        List<Row> some = all.subList(0, fewer);
        var keptOfSome = new HashSet<>(rule.choose(some));
        var keptOfAll = new HashSet<>(rule.choose(all));

        assertThat(some.stream().filter(keptOfAll::contains)).allMatch(keptOfSome::contains);
      }
    }
  }

  @Test
  void samplesAClassEvenly() {
    double mean =
        new SamplingRule(1_000, 1_000)
            .choose(rows(0, 20_000, SamplingRuleTest::unlabelled)).stream()
                .mapToLong(row -> row.coordinates().offset())
                .average()
                .orElseThrow();

    // The mean of 1,000 of 20,000 uniform offsets has a standard error of 5,774 / sqrt(1,000) =
    // 183.
    assertThat(mean).isBetween(9_000.0, 11_000.0);
  }

  @Test
  void lumpsTheClassesOfALabelFieldThatHoldsIds() {
    List<Row> rows = rows(0, 900, offset -> sample(offset, Truth.ANOMALOUS, "id-" + offset));

    Map<String, Integer> sizes = sizes(new SamplingRule(300, 300), rows);

    assertThat(sizes).hasSize(201).containsEntry("other classes", 100).containsEntry("id-0", 1);
    assertThat(new SamplingRule(300, 300).choose(rows)).hasSize(300);
  }

  @Test
  void letsTheEntityThatHoldsMoreThanItsShareGiveWayFirst() {
    List<Row> rows = rows(0, 200, offset -> of("loud", offset));
    rows.addAll(rows(200, 290, offset -> of("quiet-" + offset, offset)));

    assertThat(entities(new SamplingRule(100, 10).choose(rows)))
        .hasSize(91)
        .containsEntry("loud", 10L);
  }

  @Test
  void leavesOneEntityAllTheRoomThatNobodyElseWants() {
    List<Row> rows = rows(0, 200, offset -> of("only", offset));

    assertThat(new SamplingRule(100, 10).choose(rows)).hasSize(100);
  }

  @Test
  void refusesToKeepNothing() {
    assertThatThrownBy(() -> new SamplingRule(0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be >= 1, got 0 and 1");
  }

  /** Unlabelled, normal and three classes; a loud entity and quiet ones. */
  private static List<Row> mixed(long from, long to) {
    return rows(
        from,
        to,
        offset -> {
          Truth truth = TRUTHS.get((int) (offset % 7 % 3));
          String entity = offset % 3 == 0 ? "loud" : "quiet-" + offset % 400;
          String labelClass =
              truth == Truth.ANOMALOUS ? "class-" + Long.numberOfTrailingZeros(offset) : null;
          return sample(entity, offset, 0, 0, truth, labelClass);
        });
  }

  private static List<Row> rows(long from, long to, LongFunction<Sample> sample) {
    return LongStream.range(from, to)
        .mapToObj(offset -> Row.of(sample.apply(offset), 7))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static Sample unlabelled(long offset) {
    return sample(offset, Truth.UNKNOWN, null);
  }

  private static Sample of(String entity, long offset) {
    return sample(entity, offset, 0, 0, Truth.UNKNOWN, null);
  }

  private static Map<String, Integer> sizes(SamplingRule rule, List<Row> rows) {
    Map<Stratum, Integer> all =
        rows.stream().collect(Collectors.groupingBy(Row::stratum, Collectors.summingInt(row -> 1)));
    return rule.sizes(all).entrySet().stream()
        .collect(Collectors.toMap(entry -> entry.getKey().name(), Map.Entry::getValue));
  }

  private static Map<String, Long> entities(Collection<Row> rows) {
    return rows.stream()
        .map(Row::entity)
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }
}
