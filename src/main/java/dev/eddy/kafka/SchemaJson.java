package dev.eddy.kafka;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;

/**
 * Reads and writes one generated Avro class as plain JSON, by its schema: a union is its value
 * without a tag, an enum its symbol, and a field that a reader does not know is passed over. Safe
 * for use by several threads.
 *
 * @param <T> the generated class
 */
public final class SchemaJson<T extends SpecificRecord> {
  private final Class<T> type;

  private SchemaJson(Class<T> type) {
    this.type = type;
  }

  /** Makes the reader and writer of a generated class. */
  public static <T extends SpecificRecord> SchemaJson<T> of(Class<T> type) {
    return new SchemaJson<>(type);
  }

  /** Writes a value as UTF-8 JSON. */
  public byte[] write(T value) {
    throw new IllegalStateException("under construction: " + type + value);
  }

  /**
   * Reads UTF-8 JSON.
   *
   * @throws org.apache.kafka.common.errors.SerializationException if it does not fit the schema
   */
  public T read(byte[] json) {
    throw new IllegalStateException("under construction: " + type + json.length);
  }

  /** Returns this as a Kafka serde; null stays null, so that tombstones pass. */
  public Serde<T> serde() {
    throw new IllegalStateException("under construction: " + type);
  }
}
