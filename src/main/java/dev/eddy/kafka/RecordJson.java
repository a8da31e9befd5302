package dev.eddy.kafka;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Reads and writes one generated class, field by field, in the order of its schema. */
final class RecordJson implements ValueJson {
  private final Schema schema;
  private final Class<?> type;
  private final SerializableString[] names;
  private final ValueJson[] values;
  private final Map<String, Integer> positions = new HashMap<>();

  private RecordJson(Schema schema, Class<?> type, ClassLoader classes) {
    this.schema = schema;
    this.type = type;
    int fields = schema.getFields().size();
    this.names = new SerializableString[fields];
    this.values = new ValueJson[fields];
    for (Schema.Field field : schema.getFields()) {
      names[field.pos()] = new SerializedString(field.name());
      values[field.pos()] = ValueJson.of(field.schema(), classes);
      positions.put(field.name(), field.pos());
    }
  }

  static RecordJson of(Schema schema, ClassLoader classes) {
    return new RecordJson(schema, classOf(schema, classes), classes);
  }

  /** Finds the generated class; by name, for Avro's own way asks for a system property. */
  static Class<?> classOf(Schema schema, ClassLoader classes) {
    try {
      return Class.forName(schema.getFullName(), true, classes);
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException(
          "schema must have a generated class, got none for " + schema.getFullName(), e);
    }
  }

  @Override
  public void write(Object value, JsonGenerator json) throws IOException {
    SpecificRecord record = (SpecificRecord) value;
    json.writeStartObject();
    for (int i = 0; i < values.length; i++) {
      Object field = record.get(i);
      json.writeFieldName(names[i]);
      if (field == null) {
        requireOptional(i);
        json.writeNull();
      } else {
        values[i].write(field, json);
      }
    }
    json.writeEndObject();
  }

  private void requireOptional(int position) {
    if (!(values[position] instanceof OptionalJson)) {
      throw new IllegalArgumentException(nameOf(position) + " must not be null");
    }
  }

  @Override
  public Object read(JsonParser json) throws IOException {
    if (!json.isExpectedStartObjectToken()) {
      throw new IllegalArgumentException(
          "%s must be an object, got %s".formatted(schema.getName(), json.currentToken()));
    }
    SpecificRecord record = (SpecificRecord) SpecificData.newInstance(type, schema);
    boolean[] found = new boolean[values.length];
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      json.nextToken();
      Integer position = positions.get(name);
      if (position == null) {
        json.skipChildren();
      } else {
        record.put(position, readField(position, json));
        found[position] = true;
      }
    }
    for (int i = 0; i < found.length; i++) {
      if (!found[i]) {
        record.put(i, defaultOf(i));
      }
    }
    return record;
  }

  private @Nullable Object readField(int position, JsonParser json) throws IOException {
    Object value;
    try {
      value = values[position].read(json);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(nameOf(position) + ": " + e.getMessage(), e);
    }
    if (value == null) {
      requireOptional(position);
    }
    return value;
  }

  private @Nullable Object defaultOf(int position) {
    Schema.Field field = schema.getFields().get(position);
    if (!field.hasDefaultValue()) {
      throw new IllegalArgumentException(nameOf(position) + " must be present");
    }
    return SpecificData.get().getDefaultValue(field);
  }

  private String nameOf(int position) {
    return schema.getName() + "." + names[position];
  }

  /** Elements of lists and maps are never null. */
  static Object requireValue(@Nullable Object value, JsonParser json) throws IOException {
    if (value == null) {
      throw new IllegalArgumentException("element must not be null at " + json.currentName());
    }
    return value;
  }
}
