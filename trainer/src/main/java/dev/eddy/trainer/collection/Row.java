package dev.eddy.trainer.collection;

import dev.eddy.event.CoordinateHash;
import dev.eddy.event.Coordinates;
import dev.eddy.feature.Sample;
import java.util.Comparator;

/** A row, what it competes with, and its place in the order in which rows are kept. */
record Row(Sample sample, Stratum stratum, long priority) implements Comparable<Row> {
  static final Comparator<Coordinates> BY_PLACE =
      Comparator.comparing(Coordinates::topic)
          .thenComparingInt(Coordinates::partition)
          .thenComparingLong(Coordinates::offset);

  /** Gives a row its priority, a hash of its coordinates and the seed. */
  static Row of(Sample sample, long seed) {
    return new Row(
        sample,
        Stratum.of(sample),
        CoordinateHash.of(sample.observation().event().coordinates(), seed));
  }

  Coordinates coordinates() {
    return sample.observation().event().coordinates();
  }

  String entity() {
    return sample.observation().event().entity();
  }

  @Override
  public int compareTo(Row other) {
    int byPriority = Long.compare(priority, other.priority);
    return byPriority != 0 ? byPriority : BY_PLACE.compare(coordinates(), other.coordinates());
  }
}
