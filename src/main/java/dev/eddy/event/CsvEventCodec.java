package dev.eddy.event;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvReader.CsvReaderBuilder;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.eddy.definition.StreamDefinition;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of comma-separated values (RFC 4180) a record, in UTF-8, with a value for each column of
 * the definition. An empty value is a missing one; spaces around a number do not matter.
 */
final class CsvEventCodec implements EventCodec {
  private final EventBuilder builder;
  private final List<String> columns;
  private final @Nullable EventField[] fields;
  private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
  private final CsvReaderBuilder reader = CsvReader.builder().allowUnclosedQuote(false);

  CsvEventCodec(StreamDefinition definition) {
    this.builder = new EventBuilder(definition);
    this.columns = definition.source().columns();
    Map<String, EventField> byName = builder.fields();
    this.fields = new @Nullable EventField[columns.size()];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = byName.get(columns.get(i));
    }
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
    CsvRecord line;
    try {
      line = reader.ofSingleCsvRecord(utf8.decode(ByteBuffer.wrap(value)).toString());
    } catch (CharacterCodingException | CsvParseException e) {
      return unreadable("value must be one line of CSV in UTF-8");
    }
    if (line.getFieldCount() != fields.length) {
      return unreadable(
          "line must have %d values, got %d".formatted(fields.length, line.getFieldCount()));
    }
    builder.begin();
    for (int i = 0; i < fields.length && builder.problem() == null; i++) {
      EventField field = fields[i];
      String text = line.getField(i);
      if (field != null && !text.isEmpty()) {
        builder.text(field, text);
      }
    }
    return builder.finish(key, recordTimestamp, coordinates);
  }

  @Override
  public byte[] encode(Event event) {
    List<@Nullable String> texts = new ArrayList<>();
    for (EventField field : fields) {
      texts.add(field == null ? null : EventCodecs.text(field, event));
    }
    return line(texts);
  }

  /** Writes one line without its end; null is an empty value. */
  static byte[] line(List<@Nullable String> texts) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i);
      line.append(i > 0 ? "," : "").append(text == null ? "" : quoted(text));
    }
    return line.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String quoted(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  private static Malformed unreadable(String detail) {
    return new Malformed(Malformed.Reason.UNREADABLE, detail);
  }
}
