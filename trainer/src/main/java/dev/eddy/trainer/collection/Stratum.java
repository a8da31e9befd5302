package dev.eddy.trainer.collection;

import dev.eddy.event.Coordinates;
import dev.eddy.feature.Sample;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rows of one class in the training set, by priority. Entities that hold more than their share
 * give way first.
 */
final class Stratum {
  static final Comparator<Coordinates> BY_PLACE =
      Comparator.comparing(Coordinates::topic)
          .thenComparingInt(Coordinates::partition)
          .thenComparingLong(Coordinates::offset);

  /** A row and its place in the order in which rows give way: the last one goes first. */
  record Row(Sample sample, long priority) {
    private static final Comparator<Row> ORDER =
        Comparator.comparingLong(Row::priority).thenComparing(Row::coordinates, BY_PLACE);

    Coordinates coordinates() {
      return sample.observation().event().coordinates();
    }

    private String entity() {
      return sample.observation().event().entity();
    }
  }

  private final int entityLimit;
  private final NavigableSet<Row> rows = new TreeSet<>(Row.ORDER);
  private final Map<String, NavigableSet<Row>> byEntity = new HashMap<>();
  private final Set<String> crowded = new LinkedHashSet<>();

  /** Makes an empty stratum; an entity with more rows than the limit is crowded. */
  Stratum(int entityLimit) {
    this.entityLimit = entityLimit;
  }

  void add(Row row) {
    rows.add(row);
    NavigableSet<Row> own =
        byEntity.computeIfAbsent(row.entity(), entity -> new TreeSet<>(Row.ORDER));
    own.add(row);
    if (own.size() > entityLimit) {
      crowded.add(row.entity());
    }
  }

  void remove(Row row) {
    rows.remove(row);
    NavigableSet<Row> own = byEntity.get(row.entity());
    if (own != null && own.remove(row)) {
      if (own.isEmpty()) {
        byEntity.remove(row.entity());
      }
      if (own.size() <= entityLimit) {
        crowded.remove(row.entity());
      }
    }
  }

  /**
   * Returns the row that gives way next: the last of the crowded entities', or of all where none is
   * crowded.
   */
  Row last() {
    return crowded.stream()
        .map(entity -> byEntity.getOrDefault(entity, rows).last())
        .max(Row.ORDER)
        .orElseGet(rows::last);
  }

  int size() {
    return rows.size();
  }
}
