package dev.eddy.kafka;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Reads and writes one generated Avro class as plain JSON, by its schema: a union is its value
 * without a tag, an enum its symbol, and a field that a reader does not know is passed over. Safe
 * for use by several threads.
 *
 * <p>Buffers are recycled by thread, and the shape of the class is worked out once: one score goes
 * out for each record of the stream.
 *
 * @param <T> the generated class
 */
public final class SchemaJson<T extends SpecificRecord> {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .enable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
          .build();

  private final Class<T> type;
  private final ValueJson shape;

  private SchemaJson(Class<T> type, ValueJson shape) {
    this.type = type;
    this.shape = shape;
  }

  /**
   * Makes the reader and writer of a generated class.
   *
   * @throws IllegalArgumentException if plain JSON cannot tell its values apart
   */
  public static <T extends SpecificRecord> SchemaJson<T> of(Class<T> type) {
    return new SchemaJson<>(type, ValueJson.of(schemaOf(type), type.getClassLoader()));
  }

  private static Schema schemaOf(Class<?> type) {
    try {
      return (Schema) type.getMethod("getClassSchema").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          "type must be a generated Avro class, got " + type.getName(), e);
    }
  }

  /**
   * Writes a value as UTF-8 JSON.
   *
   * @throws SerializationException if a field that must be there is null
   */
  public byte[] write(T value) {
    var recycler = JSON._getBufferRecycler();
    try (var bytes = new ByteArrayBuilder(recycler)) {
      try (var generator = JSON.createGenerator(bytes)) {
        shape.write(value, generator);
      }
      return bytes.getClearAndRelease();
    } catch (IOException | IllegalArgumentException e) {
      throw new SerializationException(type.getSimpleName() + " must fit its schema", e);
    } finally {
      recycler.releaseToPool();
    }
  }

  /**
   * Reads UTF-8 JSON.
   *
   * @throws SerializationException if it does not fit the schema
   */
  public T read(byte[] json) {
    try (var parser = JSON.createParser(json)) {
      parser.nextToken();
      T value = requireNonNull(type.cast(shape.read(parser)), "a record is never null");
      if (parser.nextToken() != null) {
        throw new SerializationException(type.getSimpleName() + " must be one value, got more");
      }
      return value;
    } catch (IOException | IllegalArgumentException e) {
      throw new SerializationException(
          "%s must fit its schema: %s".formatted(type.getSimpleName(), e.getMessage()), e);
    }
  }

  /** Returns this as a Kafka serde; null stays null, so that tombstones pass. */
  public Serde<T> serde() {
    Serializer<T> serializer = (topic, value) -> value == null ? null : write(value);
    Deserializer<T> deserializer = (topic, json) -> json == null ? null : read(json);
    return Serdes.serdeFrom(serializer, deserializer);
  }
}
