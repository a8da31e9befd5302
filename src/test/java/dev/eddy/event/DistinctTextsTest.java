package dev.eddy.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DistinctTextsTest {

  @Test
  void countsTheFirstSoManyDifferentTextsAndNoOthers() {
    DistinctTexts texts = new DistinctTexts(2, new DistinctTexts.Room());

    for (String text : new String[] {"a", "b", "a", "c", "b", "c"}) {
      texts.add(text);
    }

    assertThat(texts.counts()).isEqualTo(Map.of("a", 2, "b", 2));
    assertThat(texts.counted()).isEqualTo(4);
    assertThat(texts.isFull()).isTrue();
  }

  @Test
  void tellsLongTextsApartWithoutKeepingThem() {
    DistinctTexts texts = new DistinctTexts(10, new DistinctTexts.Room());

    texts.add("x".repeat(1_000_000));
    texts.add("x".repeat(999_999) + "y");
    texts.add("x".repeat(1_000_001));
    texts.add("x".repeat(1_000_000));

    assertThat(texts.size()).isEqualTo(3);
    assertThat(texts.counts().values()).containsExactlyInAnyOrder(2, 1, 1);
    assertThat(texts.counts().keySet()).allMatch(text -> text.length() < 300);
  }

  @Test
  void sharesItsRoomWithTheOtherColumns() {
    DistinctTexts.Room room = new DistinctTexts.Room(1_000);
    DistinctTexts first = new DistinctTexts(1_000, room);
    DistinctTexts second = new DistinctTexts(1_000, room);

    for (int i = 0; i < 100; i++) {
      first.add("first " + i);
      second.add("second " + i);
    }

    assertThat(first.size() + second.size()).isBetween(8, 10);
    assertThat(first.size()).isBetween(4, 5);
    assertThat(first.isFull() && second.isFull()).isTrue();
  }
}
