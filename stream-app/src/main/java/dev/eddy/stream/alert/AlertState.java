package dev.eddy.stream.alert;

import java.nio.ByteBuffer;

/**
 * What the alert policy remembers of an entity; nothing as long as it behaves.
 *
 * @param recent bits of the last records, the latest in bit 0: 1 for a suspicious one
 * @param lastAnomalous event time of the last anomalous record, milliseconds since the epoch;
 *     {@link Long#MIN_VALUE} for none
 */
record AlertState(int recent, long lastAnomalous) {
  /** An entity that behaves. */
  static final AlertState CALM = new AlertState(0, Long.MIN_VALUE);

  static AlertState fromBytes(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new AlertState(buffer.getInt(), buffer.getLong());
  }

  byte[] toBytes() {
    return ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
        .putInt(recent)
        .putLong(lastAnomalous)
        .array();
  }

  /** Returns whether the entity's excursion is not over at this event time. */
  boolean inExcursion(long timestamp, long cooldownMillis) {
    return lastAnomalous != Long.MIN_VALUE && Math.abs(timestamp - lastAnomalous) <= cooldownMillis;
  }
}
