package dev.eddy.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.definition.Feature;
import dev.eddy.definition.StreamDefinition;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns rows of a file into records of a stream's source topic, and into events. An instance
 * belongs to one thread.
 */
public final class RowCodec {
  private final StreamDefinition definition;
  private final EventCodec codec;
  private final Set<String> numbers;
  private final ObjectMapper json = new ObjectMapper();

  private RowCodec(StreamDefinition definition) {
    this.definition = definition;
    this.codec = EventCodecs.of(definition);
    this.numbers = new HashSet<>(definition.numbers().stream().map(Feature::name).toList());
    if (definition.source().timestamp() != null) {
      numbers.add(definition.source().timestamp());
    }
  }

  /** Makes the codec of a stream's source. */
  public static RowCodec of(StreamDefinition definition) {
    return new RowCodec(definition);
  }

  /**
   * Writes a row in the source's format, with all its fields: in JSON, numbers of the definition
   * are numbers where they read as such, all else is as the file has it; in CSV, the definition's
   * columns. Where a number should be, a word for a missing value is one.
   */
  public byte[] encode(TableRow row) {
    if (definition.source().format() == StreamDefinition.Format.CSV) {
      List<String> columns = definition.source().columns();
      List<@Nullable String> texts = new ArrayList<>();
      columns.forEach(
          column -> texts.add(isMissing(column, row.text(column)) ? null : row.text(column)));
      return CsvLine.join(texts).getBytes(StandardCharsets.UTF_8);
    }
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    row.values()
        .forEach(
            (name, value) ->
                object.put(name, numbers.contains(name) ? number(name, value) : value));
    try {
      return json.writeValueAsBytes(object);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "row of line %d must be writable as JSON".formatted(row.line()), e);
    }
  }

  /** Returns the entity that a row names by the definition's field; null where there is none. */
  public @Nullable String entity(TableRow row) {
    String field = definition.source().entity();
    return field == null ? null : row.text(field);
  }

  /**
   * Reads a row as the event that its record would become.
   *
   * @param recordTimestamp milliseconds since the epoch, for a definition without a timestamp field
   */
  public DecodedEvent decode(TableRow row, long recordTimestamp, Coordinates coordinates) {
    return codec.decode(null, encode(row), recordTimestamp, coordinates);
  }

  private boolean isMissing(String name, @Nullable Object value) {
    return value != null && numbers.contains(name) && ValueText.isMissing(value.toString());
  }

  private @Nullable Object number(String name, @Nullable Object value) {
    if (isMissing(name, value)) {
      return null;
    }
    if (value instanceof String text && !Double.isNaN(ValueText.number(text))) {
      try {
        return new BigDecimal(text.trim());
      } catch (NumberFormatException e) {
        return value;
      }
    }
    return value;
  }
}
