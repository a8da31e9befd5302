package dev.eddy.trainer.collection;

import dev.eddy.event.CoordinateHash;
import dev.eddy.event.Coordinates;
import dev.eddy.feature.Sample;
import dev.eddy.feature.Sample.Truth;
import dev.eddy.trainer.collection.Stratum.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A bounded sample of the stream, stratified by class. Each row has a priority that is a hash of
 * its coordinates and the seed; a class that has to give way loses its row of the last priority.
 * That makes each class a uniform sample of all its rows (bottom-k sampling, Cohen and Kaplan,
 * 2007), and the content a function of the records, not of chance or of the order of partitions.
 *
 * <p>When the set is full, the class with the most rows gives way, so that rare classes are kept
 * whole. Rows that are normal or unlabelled count a quarter in this comparison: a model learns
 * first of all what is normal. In that class an entity that holds more than its share gives way
 * before the others: one loud entity does not decide what is normal.
 */
public final class TrainingSet {
  private static final int NORMAL_ROOM = 4;

  /** Classes beyond this many share one stratum: a label field may turn out to hold ids. */
  private static final int MAXIMUM_STRATA = 200;

  /** Names a stratum. */
  private record Kind(Truth truth, String name) {
    int size(int rows) {
      return truth == Truth.ANOMALOUS ? NORMAL_ROOM * rows : rows;
    }
  }

  private record Held(Row row, Kind kind) {}

  private final int maximum;
  private final long seed;
  private final int entityLimit;
  private final Map<Coordinates, Held> rows = new HashMap<>();
  private final Map<Kind, Stratum> strata =
      new TreeMap<>(Comparator.comparing(Kind::truth).thenComparing(Kind::name));

  /**
   * Makes an empty set.
   *
   * @param maximum most rows, {@code >= 1}
   * @param entityShare share of them from which on an entity's rows give way first, in (0, 1]
   */
  public TrainingSet(int maximum, double entityShare, long seed) {
    if (maximum < 1) {
      throw new IllegalArgumentException("maximum must be >= 1, got " + maximum);
    }
    this.maximum = maximum;
    this.entityLimit = Math.max(1, (int) Math.ceil(entityShare * maximum));
    this.seed = seed;
  }

  /** Offers a row; it takes the place of an earlier one of the same coordinates. */
  public void offer(Sample sample) {
    Coordinates coordinates = sample.observation().event().coordinates();
    remove(coordinates);
    var row = new Row(sample, CoordinateHash.of(coordinates, seed));
    Kind kind = kindOf(sample);
    rows.put(coordinates, new Held(row, kind));
    strata.computeIfAbsent(kind, unseen -> new Stratum(entityLimit)).add(row);
    if (rows.size() > maximum) {
      remove(largestStratum().last().coordinates());
    }
  }

  private Kind kindOf(Sample sample) {
    String name =
        switch (sample.truth()) {
          case UNKNOWN -> "unlabelled";
          case NORMAL -> "normal";
          case ANOMALOUS -> sample.labelClass() == null ? "anomalous" : sample.labelClass();
        };
    var kind = new Kind(sample.truth(), name);
    return strata.size() < MAXIMUM_STRATA || strata.containsKey(kind)
        ? kind
        : new Kind(sample.truth(), "other classes");
  }

  private Stratum largestStratum() {
    return strata.entrySet().stream()
        .max(Comparator.comparingInt(entry -> entry.getKey().size(entry.getValue().size())))
        .orElseThrow()
        .getValue();
  }

  private void remove(Coordinates coordinates) {
    Held removed = rows.remove(coordinates);
    if (removed != null) {
      strata.computeIfPresent(
          removed.kind(),
          (kind, stratum) -> {
            stratum.remove(removed.row());
            return stratum.size() == 0 ? null : stratum;
          });
    }
  }

  /** Returns the row of these coordinates, if it is in the set. */
  public Optional<Sample> find(Coordinates coordinates) {
    return Optional.ofNullable(rows.get(coordinates)).map(held -> held.row().sample());
  }

  /**
   * Removes rows that are older than the window, measured back from the time that one row in a
   * hundred is newer than: a few records with a time far in the future must not empty the set.
   */
  public void expire(long windowMillis) {
    long[] times =
        rows.values().stream()
            .mapToLong(held -> held.row().sample().observation().event().timestampMillis())
            .sorted()
            .toArray();
    if (times.length == 0) {
      return;
    }
    long newest = times[(int) ((times.length - 1) * 0.99)];
    List<Coordinates> expired = new ArrayList<>();
    for (Held held : rows.values()) {
      long time = held.row().sample().observation().event().timestampMillis();
      if (time < newest - windowMillis) {
        expired.add(held.row().coordinates());
      }
    }
    expired.forEach(this::remove);
  }

  /** Returns all rows by topic, partition and offset: in the order in which they came. */
  public List<Sample> samples() {
    return rows.values().stream()
        .map(Held::row)
        .sorted(Comparator.comparing(Row::coordinates, Stratum.BY_PLACE))
        .map(Row::sample)
        .toList();
  }

  /** Returns how many rows there are. */
  public int size() {
    return rows.size();
  }

  /** Returns whether there is no room for a further row. */
  public boolean isFull() {
    return rows.size() >= maximum;
  }

  /** Returns how many rows each class has. */
  public SortedMap<String, Integer> sizes() {
    SortedMap<String, Integer> sizes = new TreeMap<>();
    strata.forEach((kind, stratum) -> sizes.merge(kind.name(), stratum.size(), Integer::sum));
    return sizes;
  }
}
