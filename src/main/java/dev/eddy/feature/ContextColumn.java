package dev.eddy.feature;

/**
 * One number that the context makes of an event.
 *
 * @param number place of the source field among the definition's numbers; -1 where it comes from
 *     the record's time alone
 * @param kind what is made of it
 * @param name of what is made of it, for people; unique for each number, for example {@code lag 3}
 */
public record ContextColumn(int number, Kind kind, String name) {
  /** What the context makes of a number. */
  public enum Kind {
    /** Distance from the entity's own mean, in units of the entity's own deviation. */
    DEVIATION,
    /** Change since the entity's last record, in units of the field. */
    RATE,
    /** Distance of the last W values' mean from the entity's own mean, in its own deviations. */
    LEVEL,
    /** One of the window's other statistics, in the entity's own deviations. */
    STATISTIC,
    /** Distance of an earlier value from the entity's present mean, in its own deviations. */
    LAG,
    /** Distance from what the entity does at this time, in deviations of its own from that. */
    SEASONAL,
    /** Sine or cosine of the time's place in a season, in [-1, 1]; of no number. */
    POSITION
  }
}
