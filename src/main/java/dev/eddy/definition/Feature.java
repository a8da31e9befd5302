package dev.eddy.definition;

import static java.util.Objects.requireNonNull;

/**
 * One field of the source record that the detectors look at.
 *
 * @param name the field's name in the source record
 * @param type how its value is read
 * @param direction which side of the expected value is anomalous; numbers only
 * @param minimumDeviation the smallest difference from the expected value that may count
 */
public record Feature(
    String name, Type type, Direction direction, MinimumDeviation minimumDeviation) {

  /** How a value is read. */
  public enum Type {
    /** A finite decimal number. A boolean counts as 0 or 1. */
    NUMBER,
    /** One of a set of texts; numbers and booleans are taken by their text. */
    CATEGORY
  }

  /** Which side of the expected value is anomalous. */
  public enum Direction {
    /** Both sides. */
    BOTH,
    /** Only values above the expected one. */
    HIGH,
    /** Only values below the expected one. */
    LOW
  }

  /** Checks that every part is there. */
  public Feature {
    requireNonNull(name, "name");
    requireNonNull(type, "type");
    requireNonNull(direction, "direction");
    requireNonNull(minimumDeviation, "minimumDeviation");
  }

  /** A number of which both sides count, with no minimum deviation. */
  public static Feature number(String name) {
    return new Feature(name, Type.NUMBER, Direction.BOTH, MinimumDeviation.NONE);
  }

  /** A category. */
  public static Feature category(String name) {
    return new Feature(name, Type.CATEGORY, Direction.BOTH, MinimumDeviation.NONE);
  }

  /** Returns whether the field is read as a number. */
  public boolean isNumber() {
    return type == Type.NUMBER;
  }
}
