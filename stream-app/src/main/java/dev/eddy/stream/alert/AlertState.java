package dev.eddy.stream.alert;

import java.nio.ByteBuffer;

/**
 * What the alert policy remembers of an entity; nothing as long as it behaves.
 *
 * @param evidence cumulative sum of what its last records' scores exceed, in nats; {@code >= 0}
 * @param lastAnomalous event time of the last anomalous record, milliseconds since the epoch;
 *     {@link Long#MIN_VALUE} for none
 */
record AlertState(double evidence, long lastAnomalous) {
  /** An entity that behaves. */
  static final AlertState CALM = new AlertState(0, Long.MIN_VALUE);

  /** Evidence below this is as good as none: one normal record in some tens gives as much. */
  private static final double WORTH_KEEPING = 5;

  static AlertState fromBytes(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new AlertState(buffer.getDouble(), buffer.getLong());
  }

  byte[] toBytes() {
    return ByteBuffer.allocate(Double.BYTES + Long.BYTES)
        .putDouble(evidence)
        .putLong(lastAnomalous)
        .array();
  }

  /** Returns whether a restart should know it. */
  boolean isWorthKeeping() {
    return evidence >= WORTH_KEEPING || lastAnomalous != Long.MIN_VALUE;
  }

  /** Returns whether the entity's excursion is not over at this event time. */
  boolean inExcursion(long timestamp, long cooldownMillis) {
    return lastAnomalous != Long.MIN_VALUE && Math.abs(timestamp - lastAnomalous) <= cooldownMillis;
  }
}
