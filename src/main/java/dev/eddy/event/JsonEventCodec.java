package dev.eddy.event;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.eddy.definition.StreamDefinition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object a record, read in one pass without a tree.
 *
 * <p>What it accepts beyond the obvious: a number may be a string that reads as one, or true or
 * false; a category may be a string, a number (by its digits as written) or true or false. Fields
 * that the definition does not name are skipped. A named field that appears twice makes the record
 * unreadable: which of the two is meant nobody knows.
 */
final class JsonEventCodec implements EventCodec {
  private final JsonFactory factory =
      new JsonFactoryBuilder()
          // Names are matched by equals; interning would fill the JVM's table with foreign names.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          // NaN and Infinity are no JSON, but common: they are wrong values, not unreadable ones.
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .build();

  private final EventBuilder builder;
  private final Map<String, EventField> fields;

  JsonEventCodec(StreamDefinition definition) {
    this.builder = new EventBuilder(definition);
    this.fields = new HashMap<>(builder.fields());
  }

  @Override
  public DecodedEvent decode(
      byte @Nullable [] key,
      byte @Nullable [] value,
      long recordTimestamp,
      Coordinates coordinates) {
    Malformed refused = EventCodecs.refuseUnread(value);
    if (refused != null || value == null) {
      return refused != null ? refused : EventCodecs.EMPTY;
    }
    builder.begin();
    try (JsonParser parser = factory.createParser(value)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return unreadable("value must be a JSON object");
      }
      read(parser);
      if (builder.problem() == null && parser.nextToken() != null) {
        return unreadable("value must end after one JSON object");
      }
    } catch (IOException e) {
      return unreadable("value must be well-formed JSON");
    }
    return builder.finish(key, recordTimestamp, coordinates);
  }

  private void read(JsonParser parser) throws IOException {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      EventField field = fields.get(name);
      JsonToken token = parser.nextToken();
      if (field == null) {
        parser.skipChildren();
        continue;
      }
      builder.present(field);
      take(parser, field, token);
      if (builder.problem() != null) {
        return;
      }
    }
  }

  private void take(JsonParser parser, EventField field, JsonToken token) throws IOException {
    switch (token) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        if (field.wantsText()) {
          builder.words(field, parser.getText());
        }
        builder.number(field, parser.getDoubleValue());
      }
      case VALUE_STRING, VALUE_TRUE, VALUE_FALSE -> builder.text(field, parser.getText());
      case VALUE_NULL -> {
        // Missing, by the rule.
      }
      default -> builder.nested(field);
    }
  }

  @Override
  public byte[] encode(Event event, TimestampForm form) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator generator = factory.createGenerator(bytes, JsonEncoding.UTF8)) {
      generator.writeStartObject();
      for (EventField field : builder.fields().values()) {
        write(generator, field, event, form);
      }
      generator.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(
      JsonGenerator generator, EventField field, Event event, TimestampForm form)
      throws IOException {
    if (field.timestamp() && form.isNumber()) {
      generator.writeFieldName(field.name());
      generator.writeNumber(form.write(event.timestampMillis()));
    } else if (!field.timestamp() && field.number() >= 0) {
      double number = event.number(field.number());
      if (number == Math.rint(number) && Math.abs(number) < 1L << 53) {
        generator.writeNumberField(field.name(), (long) number);
      } else if (!Double.isNaN(number)) {
        generator.writeNumberField(field.name(), number);
      }
    } else {
      String text = EventCodecs.text(field, event, form);
      if (text != null) {
        generator.writeStringField(field.name(), text);
      }
    }
  }

  @Override
  public TimestampForm timestampForm() {
    return builder.timestampForm();
  }

  private static Malformed unreadable(String detail) {
    return new Malformed(Malformed.Reason.UNREADABLE, detail);
  }
}
