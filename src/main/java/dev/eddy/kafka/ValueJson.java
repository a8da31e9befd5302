package dev.eddy.kafka;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Reads and writes the values of one schema as JSON. The tree of these is made once a class. */
interface ValueJson {

  /** Writes a value. */
  void write(Object value, JsonGenerator json) throws IOException;

  /** Reads the value whose first token is current; its last token is current afterwards. */
  @Nullable Object read(JsonParser json) throws IOException;

  /** Makes the reader and writer of a schema. */
  static ValueJson of(Schema schema, ClassLoader classes) {
    return switch (schema.getType()) {
      case RECORD -> RecordJson.of(schema, classes);
      case ENUM -> new EnumJson(schema, RecordJson.classOf(schema, classes));
      case ARRAY -> new ArrayJson(of(schema.getElementType(), classes));
      case MAP -> new MapJson(of(schema.getValueType(), classes));
      case UNION -> new OptionalJson(of(onlyTypeBesideNull(schema), classes));
      case STRING -> Scalar.STRING;
      case LONG -> Scalar.LONG;
      case INT -> Scalar.INT;
      case DOUBLE -> Scalar.DOUBLE;
      case BOOLEAN -> Scalar.BOOLEAN;
      case BYTES, FIXED, FLOAT, NULL ->
          throw new IllegalArgumentException(
              "schema must be of a type that plain JSON has, got " + schema.getType());
    };
  }

  private static Schema onlyTypeBesideNull(Schema union) {
    List<Schema> types =
        union.getTypes().stream().filter(type -> type.getType() != Schema.Type.NULL).toList();
    if (types.size() != 1 || union.getTypes().size() != 2) {
      throw new IllegalArgumentException(
          "union must be of null and one type, so that JSON needs no tag, got " + union);
    }
    return types.get(0);
  }

  /** The types that are one token. */
  enum Scalar implements ValueJson {
    /** A text. */
    STRING {
      @Override
      public void write(Object value, JsonGenerator json) throws IOException {
        json.writeString((String) value);
      }

      @Override
      public Object read(JsonParser json) throws IOException {
        requireToken(json, JsonToken.VALUE_STRING);
        return json.getText();
      }
    },
    /** A whole number of 64 bits. */
    LONG {
      @Override
      public void write(Object value, JsonGenerator json) throws IOException {
        json.writeNumber((long) value);
      }

      @Override
      public Object read(JsonParser json) throws IOException {
        requireToken(json, JsonToken.VALUE_NUMBER_INT);
        return json.getLongValue();
      }
    },
    /** A whole number of 32 bits. */
    INT {
      @Override
      public void write(Object value, JsonGenerator json) throws IOException {
        json.writeNumber((int) value);
      }

      @Override
      public Object read(JsonParser json) throws IOException {
        requireToken(json, JsonToken.VALUE_NUMBER_INT);
        return json.getIntValue();
      }
    },
    /** A number; JSON has none that is not finite, so those are texts. */
    DOUBLE {
      @Override
      public void write(Object value, JsonGenerator json) throws IOException {
        json.writeNumber((double) value);
      }

      @Override
      public Object read(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
          return Double.valueOf(json.getText());
        }
        return json.getDoubleValue();
      }
    },
    /** A truth value. */
    BOOLEAN {
      @Override
      public void write(Object value, JsonGenerator json) throws IOException {
        json.writeBoolean((boolean) value);
      }

      @Override
      public Object read(JsonParser json) throws IOException {
        return json.getBooleanValue();
      }
    };

    /** Jackson would take a text for a number and a fraction for a whole one. */
    private static void requireToken(JsonParser json, JsonToken token) {
      if (json.currentToken() != token) {
        throw new IllegalArgumentException(
            "value must be a %s, got %s".formatted(token, json.currentToken()));
      }
    }
  }

  /** Null or a value. */
  record OptionalJson(ValueJson present) implements ValueJson {
    @Override
    public void write(Object value, JsonGenerator json) throws IOException {
      present.write(value, json);
    }

    @Override
    public @Nullable Object read(JsonParser json) throws IOException {
      return json.currentToken() == JsonToken.VALUE_NULL ? null : present.read(json);
    }
  }

  /** One of a set of names. */
  @SuppressWarnings("rawtypes") // the class comes from the schema
  record EnumJson(Schema schema, Class<?> type) implements ValueJson {
    @Override
    public void write(Object value, JsonGenerator json) throws IOException {
      json.writeString(((Enum<?>) value).name());
    }

    @Override
    @SuppressWarnings("unchecked") // EnumJson is only made for enum schemas
    public Object read(JsonParser json) throws IOException {
      return Enum.valueOf((Class) type, json.getText());
    }
  }

  /** A list. */
  record ArrayJson(ValueJson element) implements ValueJson {
    @Override
    public void write(Object value, JsonGenerator json) throws IOException {
      json.writeStartArray();
      for (Object item : (List<?>) value) {
        element.write(item, json);
      }
      json.writeEndArray();
    }

    @Override
    public Object read(JsonParser json) throws IOException {
      if (!json.isExpectedStartArrayToken()) {
        throw new IllegalArgumentException("value must be an array, got " + json.currentToken());
      }
      List<Object> items = new ArrayList<>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        items.add(RecordJson.requireValue(element.read(json), json));
      }
      return items;
    }
  }

  /** Values by name. */
  record MapJson(ValueJson values) implements ValueJson {
    @Override
    public void write(Object value, JsonGenerator json) throws IOException {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
        json.writeFieldName((String) entry.getKey());
        values.write(entry.getValue(), json);
      }
      json.writeEndObject();
    }

    @Override
    public Object read(JsonParser json) throws IOException {
      if (!json.isExpectedStartObjectToken()) {
        throw new IllegalArgumentException("value must be an object, got " + json.currentToken());
      }
      Map<String, Object> map = new HashMap<>();
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        json.nextToken();
        map.put(name, RecordJson.requireValue(values.read(json), json));
      }
      return map;
    }
  }
}
