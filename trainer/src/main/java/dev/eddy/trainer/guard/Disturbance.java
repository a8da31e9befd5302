package dev.eddy.trainer.guard;

import dev.eddy.event.Coordinates;
import dev.eddy.event.Event;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds rows that came while their entity was extreme too often: their context remembers what went
 * before, so even the ordinary ones among them look like nothing that is normal. Whether somebody
 * was called does not matter; the alert budget may have been spent.
 *
 * <p>Only a sample of an entity's records is at hand, so how many lie between two of them is told
 * from their offsets and the entity's share of its partition's rows.
 */
final class Disturbance {
  /** The context of rows further back counts for less than a quarter. */
  private static final int HALF_LIVES = 2;

  private static final double MOST_EXTREME = 0.1;

  /** One or two extreme rows may be chance. */
  private static final int FEWEST_EXTREME = 3;

  private final double reach;

  /**
   * Makes the rule.
   *
   * @param halfLife of the context, in records of an entity
   */
  Disturbance(int halfLife) {
    this.reach = (double) HALF_LIVES * halfLife;
  }

  private record Place(String topic, int partition) {
    static Place of(Coordinates coordinates) {
      return new Place(coordinates.topic(), coordinates.partition());
    }
  }

  private record Visitor(String entity, Place place) {}

  /** The rows of one entity in one partition that its next row looks back on. */
  private static final class Past {
    private final long[] offsets;
    private final boolean[] extreme;
    private int from;
    private int to;
    private int extremes;

    Past(int rows) {
      this.offsets = new long[rows];
      this.extreme = new boolean[rows];
    }

    /** Returns whether a row is disturbed, and takes it in. */
    boolean next(long offset, boolean isExtreme, double reachInOffsets) {
      while (from < to && offsets[from] < offset - reachInOffsets) {
        extremes -= extreme[from++] ? 1 : 0;
      }
      boolean disturbed = extremes >= FEWEST_EXTREME && extremes > MOST_EXTREME * (to - from);
      offsets[to] = offset;
      extreme[to++] = isExtreme;
      extremes += isExtreme ? 1 : 0;
      return disturbed;
    }
  }

  /**
   * Says of each row whether it is disturbed.
   *
   * @param rows unlabelled ones of all entities, ascending by offset within each partition
   * @param extreme of the same length
   */
  boolean[] find(List<Event> rows, boolean[] extreme) {
    Map<Place, Integer> sizes = new HashMap<>();
    Map<Visitor, Integer> shares = new HashMap<>();
    for (Event row : rows) {
      Place place = Place.of(row.coordinates());
      sizes.merge(place, 1, Integer::sum);
      shares.merge(new Visitor(row.entity(), place), 1, Integer::sum);
    }
    Map<Visitor, Past> pasts = new HashMap<>();
    boolean[] disturbed = new boolean[extreme.length];
    for (int i = 0; i < disturbed.length; i++) {
      Event row = rows.get(i);
      Place place = Place.of(row.coordinates());
      var visitor = new Visitor(row.entity(), place);
      int own = shares.getOrDefault(visitor, 1);
      double reachInOffsets = reach * sizes.getOrDefault(place, 1) / own;
      Past past = pasts.computeIfAbsent(visitor, unseen -> new Past(own));
      disturbed[i] = past.next(row.coordinates().offset(), extreme[i], reachInOffsets);
    }
    return disturbed;
  }
}
