package dev.eddy.trainer.collection;

import dev.eddy.event.Coordinates;
import dev.eddy.feature.Sample;
import dev.eddy.feature.Sample.Truth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A bounded sample of the stream, stratified by class. Each row has a priority that is a hash of
 * its coordinates and the seed; a class that has to give way loses its row of the last priority.
 * That makes each class a uniform sample of all its rows (bottom-k sampling, Cohen and Kaplan,
 * 2007), and the content a function of the records, not of chance or of the order of partitions.
 *
 * <p>When the set is full, the class with the most rows gives way, so that rare classes are kept
 * whole. Rows that are normal or unlabelled count a quarter in this comparison: a model learns
 * first of all what is normal.
 */
public final class TrainingSet {
  private static final int NORMAL_ROOM = 4;

  /** Classes beyond this many share one stratum: a label field may turn out to hold ids. */
  private static final int MAXIMUM_STRATA = 200;

  private static final Comparator<Coordinates> BY_PLACE =
      Comparator.comparing(Coordinates::topic)
          .thenComparingInt(Coordinates::partition)
          .thenComparingLong(Coordinates::offset);

  private record Stratum(Truth truth, String name) {
    int size(int rows) {
      return truth == Truth.ANOMALOUS ? NORMAL_ROOM * rows : rows;
    }
  }

  private record Row(Sample sample, long priority, Stratum stratum) {
    private static final Comparator<Row> BY_PRIORITY =
        Comparator.comparingLong(Row::priority)
            .thenComparing(row -> row.sample().observation().event().coordinates(), BY_PLACE);

    Coordinates coordinates() {
      return sample.observation().event().coordinates();
    }
  }

  private final int maximum;
  private final long seed;
  private final Map<Coordinates, Row> rows = new HashMap<>();
  private final Map<Stratum, NavigableSet<Row>> strata =
      new TreeMap<>(Comparator.comparing(Stratum::truth).thenComparing(Stratum::name));

  /**
   * Makes an empty set.
   *
   * @param maximum most rows, {@code >= 1}
   */
  public TrainingSet(int maximum, long seed) {
    if (maximum < 1) {
      throw new IllegalArgumentException("maximum must be >= 1, got " + maximum);
    }
    this.maximum = maximum;
    this.seed = seed;
  }

  /** Offers a row; it takes the place of an earlier one of the same coordinates. */
  public void offer(Sample sample) {
    Coordinates coordinates = sample.observation().event().coordinates();
    remove(coordinates);
    var row = new Row(sample, CoordinateHash.of(coordinates, seed), stratumOf(sample));
    rows.put(coordinates, row);
    strata.computeIfAbsent(row.stratum(), stratum -> new TreeSet<>(Row.BY_PRIORITY)).add(row);
    if (rows.size() > maximum) {
      remove(largestStratum().last().coordinates());
    }
  }

  private Stratum stratumOf(Sample sample) {
    String name =
        switch (sample.truth()) {
          case UNKNOWN -> "unlabelled";
          case NORMAL -> "normal";
          case ANOMALOUS -> sample.labelClass() == null ? "anomalous" : sample.labelClass();
        };
    var stratum = new Stratum(sample.truth(), name);
    return strata.size() < MAXIMUM_STRATA || strata.containsKey(stratum)
        ? stratum
        : new Stratum(sample.truth(), "other classes");
  }

  private NavigableSet<Row> largestStratum() {
    return strata.entrySet().stream()
        .max(Comparator.comparingInt(entry -> entry.getKey().size(entry.getValue().size())))
        .orElseThrow()
        .getValue();
  }

  private void remove(Coordinates coordinates) {
    Row removed = rows.remove(coordinates);
    if (removed != null) {
      NavigableSet<Row> stratum = strata.get(removed.stratum());
      if (stratum != null && stratum.remove(removed) && stratum.isEmpty()) {
        strata.remove(removed.stratum());
      }
    }
  }

  /** Returns the row of these coordinates, if it is in the set. */
  public Optional<Sample> find(Coordinates coordinates) {
    return Optional.ofNullable(rows.get(coordinates)).map(Row::sample);
  }

  /**
   * Removes rows that are older than the window, measured back from the time that one row in a
   * hundred is newer than: a few records with a time far in the future must not empty the set.
   */
  public void expire(long windowMillis) {
    long[] times =
        rows.values().stream()
            .mapToLong(row -> row.sample().observation().event().timestampMillis())
            .sorted()
            .toArray();
    if (times.length == 0) {
      return;
    }
    long newest = times[(int) ((times.length - 1) * 0.99)];
    List<Coordinates> expired = new ArrayList<>();
    for (Row row : rows.values()) {
      long time = row.sample().observation().event().timestampMillis();
      if (time < newest - windowMillis) {
        expired.add(row.coordinates());
      }
    }
    expired.forEach(this::remove);
  }

  /** Returns all rows by topic, partition and offset: in the order in which they came. */
  public List<Sample> samples() {
    return rows.values().stream()
        .sorted(Comparator.comparing(Row::coordinates, BY_PLACE))
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
    strata.forEach((stratum, members) -> sizes.merge(stratum.name(), members.size(), Integer::sum));
    return sizes;
  }
}
