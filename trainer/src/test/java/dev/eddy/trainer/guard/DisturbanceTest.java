package dev.eddy.trainer.guard;

import static dev.eddy.trainer.TrainerFixture.sample;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.event.Event;
import dev.eddy.feature.Sample.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DisturbanceTest {
  /** Looks back on 20 records of an entity. */
  private final Disturbance disturbance = new Disturbance(10);

  @Test
  void findsRowsFromTheThirdExtremeOneUntilFewEnoughAreWithinReach() {
    List<Event> rows = rows(1, 100);
    boolean[] extreme = new boolean[100];
    extreme[40] = true;
    extreme[44] = true;
    extreme[48] = true;

    boolean[] disturbed = disturbance.find(rows, extreme);

    // 3 of the last 20 are more than a tenth; at 61 the first of them is out of reach
    assertThat(places(disturbed)).containsExactlyElementsOf(range(49, 60));
  }

  @Test
  void letsRareExtremeRowsDisturbNothing() {
    List<Event> rows = rows(1, 200);
    boolean[] extreme = new boolean[200];
    for (int i = 0; i < 200; i += 20) {
      extreme[i] = true;
    }

    assertThat(places(disturbance.find(rows, extreme))).isEmpty();
  }

  @Test
  void reachesAsFarInASampleAsInTheStream() {
    List<Event> rows = rows(10, 100); // one record in ten was kept: two lie within reach
    boolean[] extreme = new boolean[100];
    for (int i = 40; i < 60; i++) {
      extreme[i] = true;
    }

    assertThat(places(disturbance.find(rows, extreme))).isEmpty(); // too few to tell
    assertThat(places(new Disturbance(50).find(rows, extreme)))
        .containsExactlyElementsOf(range(43, 67));
  }

  @Test
  void keepsEntitiesApart() {
    List<Event> rows = new ArrayList<>();
    boolean[] extreme = new boolean[100];
    for (int i = 0; i < 100; i++) {
      boolean quiet = i % 2 == 0;
      rows.add(event(quiet ? "quiet" : "loud", i));
      extreme[i] = !quiet && i >= 50;
    }

    boolean[] disturbed = disturbance.find(rows, extreme);

    assertThat(places(disturbed)).allMatch(i -> i % 2 == 1).contains(57, 99);
  }

  private static List<Event> rows(int step, int count) {
    return IntStream.range(0, count).mapToObj(i -> event("a", (long) step * i)).toList();
  }

  private static Event event(String entity, long offset) {
    return sample(entity, offset, 1, 0, Truth.UNKNOWN, null).observation().event();
  }

  private static List<Integer> places(boolean[] marks) {
    return IntStream.range(0, marks.length).filter(i -> marks[i]).boxed().toList();
  }

  private static List<Integer> range(int from, int to) {
    return IntStream.rangeClosed(from, to).boxed().toList();
  }
}
