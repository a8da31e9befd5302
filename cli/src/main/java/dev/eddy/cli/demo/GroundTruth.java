package dev.eddy.cli.demo;

import dev.eddy.event.Coordinates;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the recordings know of each record, by its coordinates. It never travels with the records:
 * the source topic carries neither fault nor episode. Safe for use by several threads.
 */
final class GroundTruth {
  private static final double NORMAL = -1;

  private final OffsetTable table = new OffsetTable();
  private final List<Episode> episodes = new ArrayList<>();
  private final Map<String, Integer> openByHost = new HashMap<>();
  private final Map<String, Integer> indexByName = new HashMap<>();

  GroundTruth() {}

  /**
   * Notes where an event was written. Events of a host come in order.
   *
   * @return the episode that has ended, because this event of its host is no longer part of it
   */
  synchronized Optional<Episode> written(DemoEvent event, Coordinates coordinates) {
    if (!event.readable()) {
      return Optional.empty();
    }
    @Nullable Integer index = null;
    if (event.fault() != null && event.episode() != null) {
      index = indexByName.computeIfAbsent(event.episode(), name -> add(event));
      episodes.get(index).records().add(coordinates);
    }
    table.put(coordinates.partition(), coordinates.offset(), index == null ? NORMAL : index);
    Integer before =
        index == null ? openByHost.remove(event.host()) : openByHost.put(event.host(), index);
    return before == null || before.equals(index)
        ? Optional.empty()
        : Optional.of(episodes.get(before));
  }

  private int add(DemoEvent event) {
    episodes.add(new Episode(event.host(), String.valueOf(event.fault())));
    return episodes.size() - 1;
  }

  /** Returns whether the truth about a record is known. */
  synchronized boolean knows(int partition, long offset) {
    return !Double.isNaN(table.get(partition, offset));
  }

  /** Returns the episode that a record belongs to; empty: normal, or not known. */
  synchronized Optional<Episode> episode(int partition, long offset) {
    double index = table.get(partition, offset);
    return index >= 0 ? Optional.of(episodes.get((int) index)) : Optional.empty();
  }

  /** Marks an episode as alerted. */
  synchronized void alerted(Episode episode) {
    episode.markAlerted();
  }

  /** Returns the coordinates of an episode's records so far. */
  synchronized List<Coordinates> records(Episode episode) {
    return List.copyOf(episode.records());
  }

  /** Returns all episodes that have begun, in order. */
  synchronized List<Episode> episodes() {
    return List.copyOf(episodes);
  }

  /** Returns how many episodes of each fault were alerted, and how many there were. */
  synchronized Map<String, int[]> alertedByFault() {
    Map<String, int[]> tally = new TreeMap<>();
    for (Episode episode : episodes) {
      int[] counts = tally.computeIfAbsent(episode.fault(), fault -> new int[2]);
      counts[0] += episode.alerted() ? 1 : 0;
      counts[1]++;
    }
    return tally;
  }
}
