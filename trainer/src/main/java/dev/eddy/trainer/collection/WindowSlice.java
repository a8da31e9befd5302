package dev.eddy.trainer.collection;

import dev.eddy.event.Coordinates;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of a slice of time that may still be wanted. */
final class WindowSlice {
  private final Map<Coordinates, Row> rows = new HashMap<>();
  private final Map<Stratum, Integer> sizes = new HashMap<>();

  /** Puts a row in the place of an earlier one of the same coordinates. */
  void put(Row row) {
    remove(row.coordinates());
    rows.put(row.coordinates(), row);
    sizes.merge(row.stratum(), 1, Integer::sum);
  }

  /** Removes the row of these coordinates, if there is one. */
  void remove(Coordinates coordinates) {
    Row earlier = rows.remove(coordinates);
    if (earlier != null) {
      forget(earlier);
    }
  }

  private void forget(Row row) {
    sizes.computeIfPresent(row.stratum(), (stratum, size) -> size == 1 ? null : size - 1);
  }

  /** Removes the rows that are not among these. */
  void retainAll(Set<Row> wanted) {
    rows.values()
        .removeIf(
            row -> {
              boolean unwanted = !wanted.contains(row);
              if (unwanted) {
                forget(row);
              }
              return unwanted;
            });
  }

  @Nullable Row find(Coordinates coordinates) {
    return rows.get(coordinates);
  }

  Collection<Row> rows() {
    return rows.values();
  }

  /** Returns how many rows there are of each stratum. */
  Map<Stratum, Integer> sizes() {
    return sizes;
  }

  int size() {
    return rows.size();
  }
}
