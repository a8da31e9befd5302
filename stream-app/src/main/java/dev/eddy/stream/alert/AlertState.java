package dev.eddy.stream.alert;

import java.nio.ByteBuffer;

/**
 * What the alert policy remembers of an entity; nothing as long as it behaves.
 *
 * @param evidence cumulative sum of what its last records' scores exceed, in nats; {@code >= 0}
 * @param lastAnomalous event time of the last anomalous record, milliseconds since the epoch;
 *     {@link Long#MIN_VALUE} for none
 * @param opened offset of the record whose alert opened the excursion; {@link #NOT_OPEN} for none
 * @param critical whether an alert of the excursion was critical
 */
record AlertState(double evidence, long lastAnomalous, long opened, boolean critical) {
  /** No record opened an excursion. */
  static final long NOT_OPEN = -1;

  /** An entity that behaves. */
  static final AlertState CALM = calm(0);

  /** Evidence below this is as good as none: one normal record in some tens gives as much. */
  private static final double WORTH_KEEPING = 5;

  /** An entity without an excursion, with what evidence there is of one. */
  static AlertState calm(double evidence) {
    return new AlertState(evidence, Long.MIN_VALUE, NOT_OPEN, false);
  }

  static AlertState fromBytes(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new AlertState(
        buffer.getDouble(), buffer.getLong(), buffer.getLong(), buffer.get() != 0);
  }

  byte[] toBytes() {
    return ByteBuffer.allocate(Double.BYTES + 2 * Long.BYTES + 1)
        .putDouble(evidence)
        .putLong(lastAnomalous)
        .putLong(opened)
        .put((byte) (critical ? 1 : 0))
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
