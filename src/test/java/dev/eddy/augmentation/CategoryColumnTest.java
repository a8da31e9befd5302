package dev.eddy.augmentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CategoryColumnTest {

  private static CategoryColumn fit(List<@Nullable String> cells) {
    return CategoryColumn.fit("c", cells.toArray(new String[0]));
  }

  private static List<@Nullable String> times(int count, @Nullable String value) {
    return new ArrayList<>(Collections.nCopies(count, value));
  }

  @Test
  void mergesRareValuesAndNeverEmitsThem() {
    List<@Nullable String> cells = times(6, "tcp");
    cells.addAll(times(4, "icmp"));

    CategoryColumn column = fit(cells);

    assertThat(column.tokens()).isEqualTo(2);
    assertThat(column.value(column.token("tcp"))).isEqualTo("tcp");
    assertThat(column.token("icmp")).isEqualTo(column.token("never seen")).isEqualTo(1);
    assertThat(column.emits(0)).isTrue();
    assertThat(column.emits(1)).isFalse();
  }

  @Test
  void givesMissingItsOwnToken() {
    List<@Nullable String> cells = times(6, "tcp");
    cells.addAll(times(1, null));

    CategoryColumn column = fit(cells);

    assertThat(column.value(column.token(null))).isNull();
    assertThat(column.knows(null)).isTrue();
    assertThat(column.knows("udp")).isFalse();
  }

  @Test
  void keepsTheMostFrequentOfManyValues() {
    List<@Nullable String> cells = new ArrayList<>();
    for (int value = 0; value < 250; value++) {
      cells.addAll(times(value < 200 ? 6 : 5, "v" + value));
    }

    CategoryColumn column = fit(cells);

    assertThat(column.tokens()).isEqualTo(201);
    assertThat(column.knows("v199")).isTrue();
    assertThat(column.knows("v200")).isFalse();
  }

  @Test
  void hasNothingButMissingWhereEveryValueIsRare() {
    CategoryColumn column = fit(List.of("a", "b", "c"));

    assertThat(column.tokens()).isEqualTo(1);
    assertThat(column.emits(0)).isTrue();
    assertThat(column.value(0)).isNull();
  }
}
