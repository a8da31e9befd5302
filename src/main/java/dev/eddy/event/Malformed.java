package dev.eddy.event;

import static java.util.Objects.requireNonNull;

/**
 * A record that cannot be an event. It goes to the dead letters as it came.
 *
 * @param reason the kind of failure, for counting
 * @param detail which field, which rule; no record contents
 */
public record Malformed(Reason reason, String detail) implements DecodedEvent {

  /** Kinds of failure; few, so that they can be a metric's tag. */
  public enum Reason {
    /** There is no value: a tombstone. */
    EMPTY,
    /** The value is larger than an event may be. */
    TOO_LARGE,
    /** The bytes are not of the source's format. */
    UNREADABLE,
    /** A field that an event cannot do without is missing: entity or timestamp. */
    MISSING_FIELD,
    /** A field's value is not of its type, or not finite. */
    WRONG_TYPE
  }

  /** Checks that both are there. */
  public Malformed {
    requireNonNull(reason, "reason");
    requireNonNull(detail, "detail");
  }
}
