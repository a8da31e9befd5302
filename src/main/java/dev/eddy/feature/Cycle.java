package dev.eddy.feature;

import dev.eddy.definition.StreamDefinition.Season;
import java.time.Duration;

/** Where an event time stands in a season, by the hour and by angle. UTC. */
final class Cycle {
  private static final long HOUR = Duration.ofHours(1).toMillis();

  /** 1970 began on a Thursday: so much later than a Monday. */
  private static final long AFTER_MONDAY = Duration.ofDays(3).toMillis();

  private final Season season;
  private final long length;

  Cycle(Season season) {
    this.season = season;
    this.length =
        switch (season) {
          case DAY -> Duration.ofDays(1).toMillis();
          case WEEK -> Duration.ofDays(7).toMillis();
        };
  }

  Season season() {
    return season;
  }

  /** Returns how many hours there are. */
  int hours() {
    return (int) (length / HOUR);
  }

  /** Returns the hour of the season, from 0. */
  int hour(long timestampMillis) {
    return (int) (place(timestampMillis) / HOUR);
  }

  /** Returns the time's place as an angle, in [0, 2 pi). */
  double angle(long timestampMillis) {
    return 2 * Math.PI * place(timestampMillis) / length;
  }

  private long place(long timestampMillis) {
    return Math.floorMod(timestampMillis + AFTER_MONDAY, length);
  }
}
