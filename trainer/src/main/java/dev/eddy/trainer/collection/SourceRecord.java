package dev.eddy.trainer.collection;

import dev.eddy.event.Coordinates;
import org.jspecify.annotations.Nullable;

/**
 * A record of the source topic as it came.
 *
 * @param timestamp the record's own timestamp, milliseconds since the epoch
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier; equality is never asked
public record SourceRecord(
    Coordinates coordinates, byte @Nullable [] key, byte @Nullable [] value, long timestamp) {

  /** Returns about how many bytes of heap its contents take. */
  int contentBytes() {
    return (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
  }
}
