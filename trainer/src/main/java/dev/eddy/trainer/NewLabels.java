package dev.eddy.trainer;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Counts the labels that no training has seen, this process's or another one's; at most {@value
 * #MOST}. An instance belongs to the reading thread.
 */
final class NewLabels {
  static final int MOST = 100_000;

  private final Deque<Instant> given = new ArrayDeque<>();
  private Instant seen = Instant.MIN;

  /** Takes a label that was given then. */
  void add(Instant at) {
    if (at.isAfter(seen)) {
      given.addLast(at);
      if (given.size() > MOST) {
        given.removeFirst();
      }
    }
  }

  /** Hears that a training has seen what was given until then. */
  void seenTo(Instant at) {
    if (at.isAfter(seen)) {
      seen = at;
      given.removeIf(label -> !label.isAfter(at));
    }
  }

  /** Hears that a training begins on all that there is. */
  void allSeen() {
    given.clear();
  }

  int count() {
    return given.size();
  }
}
