package dev.eddy.event;

import org.jspecify.annotations.Nullable;

/**
 * Reads events from the bytes of one source format and writes them back. An instance belongs to one
 * thread.
 *
 * <p>The missing-value rule: a field that is absent or null, and a text field that is empty in CSV,
 * is missing (NaN or null in the event) and is scored as such. Entity and timestamp may not be
 * missing where the definition names their field.
 */
public interface EventCodec {

  /** Values above this many bytes are refused unread. */
  int MAXIMUM_BYTES = 1 << 20;

  /**
   * Reads one record. Never throws for what the bytes hold.
   *
   * @param key the record's key; names the entity where the definition names no field for it
   * @param value the record's value
   * @param recordTimestamp the record's own timestamp, milliseconds since the epoch
   * @param coordinates where the record stands
   */
  DecodedEvent decode(
      byte @Nullable [] key,
      byte @Nullable [] value,
      long recordTimestamp,
      Coordinates coordinates);

  /**
   * Writes an event so that a reader of the source topic can read it: entity, timestamp, all
   * features that are not missing, and the label where the definition has a field for it.
   */
  default byte[] encode(Event event) {
    return encode(event, TimestampForm.MILLIS);
  }

  /** Writes an event likewise, its timestamp in this form. */
  byte[] encode(Event event, TimestampForm form);

  /**
   * Returns how the timestamp of the last record was written that was read; milliseconds where none
   * was.
   */
  TimestampForm timestampForm();
}
