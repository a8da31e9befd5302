package dev.eddy.stream.console;

import dev.eddy.event.Event;
import dev.eddy.feature.Observation;
import dev.eddy.stream.topology.ScoreListener;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The points of the live chart: the most anomalous record of each entity in each interval of
 * processing time, bounded in points and in entities an interval. Safe for use by several threads.
 */
public final class RecentScores implements ScoreListener {
  /** Length of an interval. */
  static final long INTERVAL_MILLIS = 250;

  /** Points that are kept. */
  static final int CAPACITY = 1_200;

  /** Points of one interval: the most anomalous entities. */
  static final int PER_INTERVAL = 20;

  /** Entities that are looked at within one interval. */
  private static final int COMPARED = 500;

  private final Clock clock;
  private final Deque<ScorePoint> points = new ArrayDeque<>();
  private final Map<String, ScorePoint> open = new HashMap<>();
  private long interval;

  /** Makes an empty chart. */
  public RecentScores(Clock clock) {
    this.clock = clock;
  }

  @Override
  public synchronized void scored(Observation observation, double score) {
    Event event = observation.event();
    long now = clock.millis();
    roll(now);
    ScorePoint known = open.get(event.entity());
    boolean counts = known == null ? open.size() < COMPARED : score > known.score();
    if (counts) {
      open.put(event.entity(), new ScorePoint(now, event.timestampMillis(), event.entity(), score));
    }
  }

  private void roll(long now) {
    long current = now / INTERVAL_MILLIS;
    if (current != interval) {
      interval = current;
      open.values().stream()
          .sorted(Comparator.comparingDouble(ScorePoint::score).reversed())
          .limit(PER_INTERVAL)
          .sorted(Comparator.comparingLong(ScorePoint::at))
          .forEach(points::addLast);
      open.clear();
      while (points.size() > CAPACITY) {
        points.removeFirst();
      }
    }
  }

  /** Returns the points of all intervals that are over, scored after a time, oldest first. */
  public synchronized List<ScorePoint> after(long at) {
    roll(clock.millis());
    return points.stream().filter(point -> point.at() > at).toList();
  }
}
