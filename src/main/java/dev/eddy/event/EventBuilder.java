package dev.eddy.event;

import dev.eddy.definition.StreamDefinition;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts one event together from the fields of its record, whatever the format, and holds the rules
 * of what each field may hold. Used again for each record; belongs to one thread.
 *
 * <p>The first thing that is wrong is kept, and what comes after it does not matter.
 */
final class EventBuilder {
  /** Longest entity, category or label, in characters. */
  static final int MAXIMUM_TEXT = 256;

  /** The one entity of a stream that tells none apart. */
  static final String ALL = "all";

  private final Map<String, EventField> fields;
  private final boolean entityFromField;
  private final boolean timestampFromField;
  private final int numberCount;
  private final int categoryCount;
  private final long[] seen;
  private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();

  private long record;
  private double[] numbers = {};
  private @Nullable String[] categories = {};
  private @Nullable String entity;
  private @Nullable String label;
  private long timestamp;
  private @Nullable String timestampText;
  private double timestampNumber = ValueText.LEAST_MILLIS;
  private @Nullable Malformed problem;

  EventBuilder(StreamDefinition definition) {
    this.fields = EventField.of(definition);
    this.entityFromField = definition.source().entity() != null;
    this.timestampFromField = definition.source().timestamp() != null;
    this.numberCount = definition.numbers().size();
    this.categoryCount = definition.categories().size();
    this.seen = new long[fields.size()];
  }

  /** Returns the fields by name, in the order in which they are written. */
  Map<String, EventField> fields() {
    return fields;
  }

  /** Starts the next record. */
  void begin() {
    record++;
    numbers = new double[numberCount];
    Arrays.fill(numbers, Double.NaN);
    categories = new @Nullable String[categoryCount];
    entity = null;
    label = null;
    timestamp = ValueText.NO_TIMESTAMP;
    problem = null;
  }

  /** Returns the first thing that is wrong with this record so far. */
  @Nullable Malformed problem() {
    return problem;
  }

  /** Notes that a field is there, with a value or without one; it may be there once. */
  void present(EventField field) {
    if (seen[field.index()] == record) {
      refuse(Malformed.Reason.UNREADABLE, field, "must not appear twice");
    }
    seen[field.index()] = record;
  }

  /** Takes a field's value as text: for all uses of the field. */
  void text(EventField field, String value) {
    if (field.number() >= 0) {
      double number = ValueText.number(value);
      if (Double.isNaN(number)) {
        refuse(Malformed.Reason.WRONG_TYPE, field, "must be a finite number");
      }
      numbers[field.number()] = number;
    }
    if (field.timestamp()) {
      timestamp(field, ValueText.timestampMillis(value));
      timestampText = value;
    }
    if (field.wantsText()) {
      words(field, value);
    }
  }

  /** Takes a field's value as number: for those uses of the field that ask for one. */
  void number(EventField field, double value) {
    if (field.number() >= 0) {
      if (!(Math.abs(value) < Double.POSITIVE_INFINITY)) {
        refuse(Malformed.Reason.WRONG_TYPE, field, "must be a finite number");
      }
      numbers[field.number()] = value;
    }
    if (field.timestamp()) {
      timestamp(field, ValueText.timestampMillis(value));
      timestampNumber = value;
      timestampText = null;
    }
  }

  /** Returns how the last timestamp was written; milliseconds before there was one. */
  TimestampForm timestampForm() {
    String text = timestampText;
    return text == null ? TimestampForm.of(timestampNumber) : TimestampForm.of(text);
  }

  /** Takes a field's value as words: for those uses of the field that ask for them. */
  void words(EventField field, String value) {
    if (value.length() > MAXIMUM_TEXT) {
      refuse(
          Malformed.Reason.WRONG_TYPE,
          field,
          "must have at most %d characters, got %d".formatted(MAXIMUM_TEXT, value.length()));
      return;
    }
    if (field.category() >= 0) {
      categories[field.category()] = value;
    }
    if (field.entity() && !value.isEmpty()) {
      entity = value;
    }
    if (field.label() && !value.isEmpty()) {
      label = value;
    }
  }

  /** Refuses a field whose value is an object or an array. */
  void nested(EventField field) {
    refuse(Malformed.Reason.WRONG_TYPE, field, "must be a single value, got a nested one");
  }

  /** Ends the record. */
  DecodedEvent finish(byte @Nullable [] key, long recordTimestamp, Coordinates coordinates) {
    if (problem != null) {
      return problem;
    }
    String name = entityFromField ? entity : entityOf(key);
    if (name == null) {
      return new Malformed(Malformed.Reason.MISSING_FIELD, "the entity's field must have a value");
    }
    if (name.length() > MAXIMUM_TEXT) {
      return new Malformed(
          Malformed.Reason.WRONG_TYPE,
          "the key must have at most %d characters, got %d".formatted(MAXIMUM_TEXT, name.length()));
    }
    long millis = timestampFromField ? timestamp : ValueText.inRange(recordTimestamp);
    if (millis == ValueText.NO_TIMESTAMP) {
      return new Malformed(
          Malformed.Reason.MISSING_FIELD,
          timestampFromField
              ? "the timestamp's field must have a value"
              : "the record's own timestamp must lie between 1970 and 2200");
    }
    return new Event(coordinates, name, millis, numbers, categories, label);
  }

  /** The key as text; one that is not text as hexadecimal digits, so that entities stay apart. */
  private String entityOf(byte @Nullable [] key) {
    if (key == null || key.length == 0) {
      return ALL;
    }
    boolean text = true;
    for (byte b : key) {
      text &= b < 0 || b >= ' ';
    }
    if (text) {
      try {
        return utf8.decode(ByteBuffer.wrap(key)).toString();
      } catch (CharacterCodingException e) {
        return hex(key);
      }
    }
    return hex(key);
  }

  private static String hex(byte[] key) {
    return "0x" + HexFormat.of().formatHex(key);
  }

  private void timestamp(EventField field, long millis) {
    if (millis == ValueText.NO_TIMESTAMP) {
      refuse(Malformed.Reason.WRONG_TYPE, field, "must be a timestamp between 1970 and 2200");
    }
    timestamp = millis;
  }

  private void refuse(Malformed.Reason reason, EventField field, String rule) {
    if (problem == null) {
      problem = new Malformed(reason, "field " + field.name() + " " + rule);
    }
  }
}
