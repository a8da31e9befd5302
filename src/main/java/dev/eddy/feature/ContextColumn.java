package dev.eddy.feature;

/**
 * One number that the context makes of an event.
 *
 * @param number place of the source field among the definition's numbers
 * @param kind what is made of it
 */
public record ContextColumn(int number, Kind kind) {
  /** What the context makes of a number. */
  public enum Kind {
    /** Distance from the entity's own mean, in units of the entity's own deviation. */
    DEVIATION,
    /** Change since the entity's last record, in units of the field. */
    RATE,
    /** Distance of the last W values' mean from the entity's own mean, in its own deviations. */
    LEVEL
  }
}
