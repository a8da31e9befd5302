package dev.eddy.cli.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FaultScheduleTest {

  private static final Duration TOTAL = Duration.ofMinutes(25);

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 30);
  }

  @Test
  void sameSeedGivesTheSameSchedule() {
    assertThat(FaultSchedule.draw(7, TOTAL)).isEqualTo(FaultSchedule.draw(7, TOTAL));
  }

  @Test
  void anotherSeedGivesAnotherSchedule() {
    assertThat(FaultSchedule.draw(7, TOTAL)).isNotEqualTo(FaultSchedule.draw(8, TOTAL));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void startsCalmAndEndsWithinTheRecording(long seed) {
    List<FaultEpisode> episodes = FaultSchedule.draw(seed, TOTAL).episodes();

    assertThat(episodes.get(0).start()).isGreaterThanOrEqualTo(Duration.ofSeconds(60));
    assertThat(episodes.get(episodes.size() - 1).end()).isLessThan(TOTAL);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void keepsEpisodesShortAndApart(long seed) {
    List<FaultEpisode> episodes = FaultSchedule.draw(seed, TOTAL).episodes();

    assertThat(episodes)
        .extracting(FaultEpisode::length)
        .allSatisfy(
            length -> assertThat(length).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(12)));
    assertThat(IntStream.range(1, episodes.size()).boxed())
        .extracting(i -> episodes.get(i).start().minus(episodes.get(i - 1).end()))
        .allSatisfy(
            gap -> assertThat(gap).isBetween(Duration.ofSeconds(45), Duration.ofSeconds(110)));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void numbersEpisodesFromOneAndKeepsKindsEven(long seed) {
    List<FaultEpisode> episodes = FaultSchedule.draw(seed, TOTAL).episodes();

    long[] counts =
        Arrays.stream(FaultKind.values())
            .mapToLong(kind -> episodes.stream().filter(e -> e.kind() == kind).count())
            .toArray();
    assertThat(episodes)
        .extracting(FaultEpisode::id)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, episodes.size()).boxed().toList());
    assertThat(Arrays.stream(counts).max().getAsLong())
        .isLessThanOrEqualTo(Arrays.stream(counts).min().getAsLong() + 1);
  }

  @Test
  void hasNoFaultInARecordingShorterThanItsCalmStart() {
    assertThat(FaultSchedule.draw(1, Duration.ofSeconds(60)).episodes()).isEmpty();
  }
}
