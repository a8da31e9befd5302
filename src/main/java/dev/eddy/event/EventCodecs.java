package dev.eddy.event;

import dev.eddy.definition.StreamDefinition;
import org.jspecify.annotations.Nullable;

/** Finds the codec of a stream's source format. */
public final class EventCodecs {
  static final Malformed EMPTY = new Malformed(Malformed.Reason.EMPTY, "record must have a value");

  private EventCodecs() {}

  /** Makes the codec of the definition's format; one for each thread. */
  public static EventCodec of(StreamDefinition definition) {
    return definition.source().format() == StreamDefinition.Format.JSON
        ? new JsonEventCodec(definition)
        : new CsvEventCodec(definition);
  }

  /** Refuses what need not be read to be refused. */
  static @Nullable Malformed refuseUnread(byte @Nullable [] value) {
    if (value == null || value.length == 0) {
      return EMPTY;
    }
    if (value.length > EventCodec.MAXIMUM_BYTES) {
      return new Malformed(
          Malformed.Reason.TOO_LARGE,
          "value must have at most %d bytes, got %d"
              .formatted(EventCodec.MAXIMUM_BYTES, value.length));
    }
    return null;
  }

  /** Returns an event's value of a field as it is written; null: missing. */
  static @Nullable String text(EventField field, Event event, TimestampForm form) {
    if (field.timestamp()) {
      return form.write(event.timestampMillis());
    }
    if (field.number() >= 0) {
      double number = event.number(field.number());
      if (number == Math.rint(number) && Math.abs(number) < 1L << 53) {
        return Long.toString((long) number);
      }
      return Double.isNaN(number) ? null : Double.toString(number);
    }
    if (field.entity()) {
      return event.entity();
    }
    return field.label() ? event.label() : event.category(field.category());
  }
}
