package dev.eddy.trainer.collection;

import dev.eddy.feature.Sample.Truth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which rows are trained on where there are too many: a function of the rows, not of chance or of
 * the order in which they came.
 *
 * <p>The class with the most rows gives way, so that rare classes are kept whole; rows that are
 * normal or unlabelled count a quarter in this comparison. Of a class, the rows that come first by
 * their hash are kept, which makes it a uniform sample of all its rows (bottom-k sampling, Cohen
 * and Kaplan, 2007); but what an entity has beyond its share gives way before the others' rows: one
 * loud entity does not decide what is normal. A row that gives way among some rows gives way among
 * any more of them, too.
 *
 * @param maximum most rows, {@code >= 1}
 * @param entityLimit rows of a class that are an entity's share, {@code >= 1}
 */
record SamplingRule(int maximum, int entityLimit) {
  /** Classes of anomalies beyond these share a stratum: a label field may turn out to hold ids. */
  private static final int MAXIMUM_CLASSES = 200;

  /** Checks the limits. */
  SamplingRule {
    if (maximum < 1 || entityLimit < 1) {
      throw new IllegalArgumentException(
          "maximum and entityLimit must be >= 1, got " + maximum + " and " + entityLimit);
    }
  }

  /** Returns a rule for other room, with the same share of an entity. */
  SamplingRule withMaximum(int rows) {
    return new SamplingRule(rows, entityLimit);
  }

  /** Returns the rows that are kept, in no order. */
  Collection<Row> choose(Collection<Row> rows) {
    if (rows.size() <= maximum) {
      return rows;
    }
    Map<Stratum, List<Row>> found = rows.stream().collect(Collectors.groupingBy(Row::stratum));
    Map<Stratum, List<Row>> strata = new HashMap<>();
    Set<Stratum> own = withRoomOfTheirOwn(found.keySet());
    found.forEach(
        (stratum, of) ->
            strata
                .computeIfAbsent(
                    own.contains(stratum) ? stratum : Stratum.OTHERS, unseen -> new ArrayList<>())
                .addAll(of));
    NavigableMap<Stratum, Integer> sizes = new TreeMap<>();
    strata.forEach((stratum, of) -> sizes.put(stratum, of.size()));
    Map<Stratum, Integer> rooms = share(sizes);
    List<Row> chosen = new ArrayList<>(maximum);
    strata.forEach((stratum, of) -> chosen.addAll(first(of, rooms.getOrDefault(stratum, 0))));
    return chosen;
  }

  /** Returns how many rows of each stratum are kept where there are so many. */
  NavigableMap<Stratum, Integer> sizes(Map<Stratum, Integer> rows) {
    Set<Stratum> own = withRoomOfTheirOwn(rows.keySet());
    NavigableMap<Stratum, Integer> sizes = new TreeMap<>();
    rows.forEach(
        (stratum, size) ->
            sizes.merge(own.contains(stratum) ? stratum : Stratum.OTHERS, size, Integer::sum));
    return share(sizes);
  }

  /** The first classes by name: the first ones to come would depend on the order. */
  private static Set<Stratum> withRoomOfTheirOwn(Set<Stratum> strata) {
    long others = strata.stream().filter(stratum -> stratum.truth() != Truth.ANOMALOUS).count();
    return strata.stream() // those of anomalies come last
        .sorted()
        .limit(MAXIMUM_CLASSES + others)
        .collect(Collectors.toSet());
  }

  /** All strata have room up to the same level; what is left of it goes to the last ones. */
  private NavigableMap<Stratum, Integer> share(NavigableMap<Stratum, Integer> sizes) {
    long low = 0;
    long high = (long) maximum * Stratum.MOST_WEIGHT;
    while (low < high) {
      long level = (low + high + 1) / 2;
      if (total(filled(sizes, level)) > maximum) {
        high = level - 1;
      } else {
        low = level;
      }
    }
    NavigableMap<Stratum, Integer> shared = filled(sizes, low);
    int left = maximum - total(shared);
    for (var more : filled(sizes, low + 1).descendingMap().entrySet()) {
      if (left > 0 && more.getValue() > shared.getOrDefault(more.getKey(), 0)) {
        shared.put(more.getKey(), more.getValue());
        left--;
      }
    }
    return shared;
  }

  private static NavigableMap<Stratum, Integer> filled(
      NavigableMap<Stratum, Integer> sizes, long level) {
    NavigableMap<Stratum, Integer> filled = new TreeMap<>();
    sizes.forEach(
        (stratum, size) -> filled.put(stratum, (int) Math.min(size, level / stratum.weight())));
    return filled;
  }

  private static int total(Map<Stratum, Integer> sizes) {
    return sizes.values().stream().mapToInt(rows -> rows).sum();
  }

  /**
   * Returns the priority beyond which no further row of a stratum is kept beside these, which were
   * chosen of as many of it; none where all were, or where some were kept beyond an entity's share.
   */
  OptionalLong bound(Collection<Row> chosen, int of) {
    Map<String, Integer> ofEntity = new HashMap<>();
    chosen.forEach(row -> ofEntity.merge(row.entity(), 1, Integer::sum));
    boolean inTheirShares = ofEntity.values().stream().allMatch(rows -> rows <= entityLimit);
    return chosen.size() < of && inTheirShares
        ? chosen.stream().mapToLong(Row::priority).max()
        : OptionalLong.empty();
  }

  private List<Row> first(List<Row> rows, int room) {
    if (room >= rows.size()) {
      return rows;
    }
    List<Row> first = new ArrayList<>(room);
    List<Row> beyond = new ArrayList<>();
    Map<String, Integer> ofEntity = new HashMap<>();
    for (Row row : rows.stream().sorted().toList()) {
      if (first.size() == room) {
        return first;
      }
      boolean inItsShare = ofEntity.merge(row.entity(), 1, Integer::sum) <= entityLimit;
      (inItsShare ? first : beyond).add(row);
    }
    first.addAll(beyond.subList(0, room - first.size()));
    return first;
  }
}
