package dev.eddy.trainer.collection;

import dev.eddy.event.Coordinates;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Labelled records that are not in memory: those to be fetched, and those that the source is
 * expected to bring, which are to be fetched as well where it does not. Bounded; the first ones to
 * be wanted are forgotten first.
 */
final class WantedRecords {
  private final int limit;
  private final Set<Coordinates> wanted = new LinkedHashSet<>();
  private final Map<Integer, NavigableSet<Long>> ahead = new HashMap<>();
  private int expected;

  /** Makes an empty list of at most so many of both kinds. */
  WantedRecords(int limit) {
    this.limit = limit;
  }

  /** Takes a record that has to be fetched. */
  void add(Coordinates coordinates) {
    wanted.add(coordinates);
    if (wanted.size() > limit) {
      wanted.remove(wanted.iterator().next());
    }
  }

  /** Takes a record that the source will bring, if it is still there. */
  void expect(Coordinates coordinates) {
    boolean added =
        expected < limit
            && ahead
                .computeIfAbsent(coordinates.partition(), unseen -> new TreeSet<>())
                .add(coordinates.offset());
    if (added) {
      expected++;
    }
  }

  /** Hears how far the source was read: what it has passed over has to be fetched. */
  void reached(Coordinates coordinates) {
    NavigableSet<Long> offsets = ahead.get(coordinates.partition());
    while (offsets != null && !offsets.isEmpty() && offsets.first() <= coordinates.offset()) {
      long offset = offsets.pollFirst();
      expected--;
      if (offset < coordinates.offset()) {
        add(new Coordinates(coordinates.topic(), coordinates.partition(), offset));
      }
    }
  }

  /** Forgets a record that has to be fetched. */
  void remove(Coordinates coordinates) {
    wanted.remove(coordinates);
  }

  /** Puts a record behind the others. */
  void postpone(Coordinates coordinates) {
    if (wanted.remove(coordinates)) {
      wanted.add(coordinates);
    }
  }

  /** Returns the next one to be fetched, which stays wanted. */
  @Nullable Coordinates next() {
    return wanted.isEmpty() ? null : wanted.iterator().next();
  }

  /** Returns how many have to be fetched. */
  int size() {
    return wanted.size();
  }
}
