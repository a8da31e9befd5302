package dev.eddy.trainer.drift;

import dev.eddy.event.CoordinateHash;
import dev.eddy.feature.Observation;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * An even sample of the records of the current window: at most {@value #MOST_ROWS}, those with the
 * least hash of their coordinates. The window is full when the middle of its records spans its
 * time; the middle, because a few records with a time far off must not end it.
 */
final class DriftWindow {
  static final int MOST_ROWS = 2_000;
  private static final int LOOK_EVERY = 64;
  private static final double OUTER = 0.02;

  private final long spanMillis;
  private final int minimumRows;
  private final long seed;
  private final TreeMap<Long, Observation> rows = new TreeMap<>();
  private long seen;

  DriftWindow(long spanMillis, int minimumRows, long seed) {
    this.spanMillis = spanMillis;
    this.minimumRows = Math.min(minimumRows, MOST_ROWS);
    this.seed = seed;
  }

  /** Adds a record; returns whether the window is full now. */
  boolean add(Observation observation) {
    rows.put(CoordinateHash.of(observation.event().coordinates(), seed), observation);
    if (rows.size() > MOST_ROWS) {
      rows.pollLastEntry();
    }
    seen++;
    return seen % LOOK_EVERY == 0 && rows.size() >= minimumRows && spans();
  }

  private boolean spans() {
    long[] times =
        rows.values().stream().mapToLong(row -> row.event().timestampMillis()).sorted().toArray();
    int outer = (int) (OUTER * times.length);
    double middle = times[times.length - 1 - outer] - times[outer];
    return middle >= (1 - 2 * OUTER) * spanMillis;
  }

  /** Returns the sample by time, and begins anew. */
  List<Observation> take() {
    List<Observation> taken =
        rows.values().stream()
            .sorted(Comparator.comparingLong(row -> row.event().timestampMillis()))
            .toList();
    clear();
    return taken;
  }

  void clear() {
    rows.clear();
    seen = 0;
  }
}
