package dev.eddy.trainer.collection;

import dev.eddy.event.Coordinates;
import dev.eddy.schema.Verdict;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The last label of each record, by its coordinates. At its limit, the label that came first is
 * forgotten; rows of the training set that it gave their truth keep it.
 */
final class LabelBook {
  private final int limit;
  private final Map<Coordinates, KnownLabel> labels = new LinkedHashMap<>();
  private final Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);

  private long changes;

  LabelBook(int limit) {
    this.limit = limit;
  }

  /** Takes a label in the place of an earlier one, which it returns. */
  @Nullable KnownLabel put(Coordinates coordinates, KnownLabel label) {
    KnownLabel earlier = labels.put(coordinates, label);
    if (label.equals(earlier)) {
      return earlier;
    }
    changes++;
    if (earlier != null) {
      counts.merge(earlier.verdict(), -1L, Long::sum);
    }
    counts.merge(label.verdict(), 1L, Long::sum);
    if (labels.size() > limit) {
      remove(labels.keySet().iterator().next());
    }
    return earlier;
  }

  /** Takes a label back; returns whether there was one. */
  boolean remove(Coordinates coordinates) {
    KnownLabel removed = labels.remove(coordinates);
    if (removed != null) {
      changes++;
      counts.merge(removed.verdict(), -1L, Long::sum);
    }
    return removed != null;
  }

  @Nullable KnownLabel find(Coordinates coordinates) {
    return labels.get(coordinates);
  }

  /** Returns the records that have this verdict now. */
  Set<Coordinates> of(Verdict verdict) {
    return labels.entrySet().stream()
        .filter(entry -> entry.getValue().verdict() == verdict)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** Returns a number that grows with each change. */
  long changes() {
    return changes;
  }

  /** Counts the verdicts that are about somebody's doing. */
  VerdictTally tally(BiPredicate<Coordinates, Verdict> about) {
    Map<Verdict, Long> verdicts = new EnumMap<>(Verdict.class);
    labels.forEach(
        (coordinates, label) -> {
          if (about.test(coordinates, label.verdict())) {
            verdicts.merge(label.verdict(), 1L, Long::sum);
          }
        });
    return new VerdictTally(verdicts);
  }

  /** Returns how many records have each verdict now. */
  Map<Verdict, Long> counts() {
    return new EnumMap<>(counts);
  }
}
