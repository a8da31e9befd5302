package dev.eddy.stream.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassBalanceTest {

  @Test
  void bringsEachClassToItsShareOfRealAndSyntheticTogether() {
    Map<String, Long> wanted =
        ClassBalance.wanted(
            Map.of("a", 0.2, "b", 0.1), Map.of("normal", 700L, "a", 50L, "b", 25L), 100);

    // 700 are to be 70 % of 1,000: 200 and 100
    assertThat(wanted).isEqualTo(Map.of("a", 150L, "b", 75L));
  }

  @Test
  void asksForNoMoreThanTheCapAllows() {
    assertThat(ClassBalance.wanted(Map.of("a", 0.5), Map.of("normal", 1_000L, "a", 10L), 3))
        .isEqualTo(Map.of("a", 30L));
  }

  @Test
  void asksForNothingWhereAClassHasItsShareAndReckonsTheOthersWithoutIt() {
    Map<String, Long> wanted =
        ClassBalance.wanted(
            Map.of("a", 0.1, "b", 0.1), Map.of("normal", 500L, "a", 400L, "b", 0L), 100);

    assertThat(wanted).as("no real record, nothing to be like").isEqualTo(Map.of("b", 0L));
  }

  @Test
  void asksForNothingOfAnEmptyStream() {
    assertThat(ClassBalance.wanted(Map.of("a", 0.1), Map.of(), 3)).isEmpty();
  }
}
