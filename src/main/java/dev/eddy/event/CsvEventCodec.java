package dev.eddy.event;

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
    List<String> texts;
    try {
      texts = CsvLine.split(utf8.decode(ByteBuffer.wrap(value)).toString());
    } catch (CharacterCodingException e) {
      return unreadable("value must be text in UTF-8");
    }
    if (texts == null) {
      return unreadable("value must be one line of CSV, with closed quotes");
    }
    if (texts.size() != fields.length) {
      return unreadable("line must have %d values, got %d".formatted(fields.length, texts.size()));
    }
    builder.begin();
    for (int i = 0; i < fields.length && builder.problem() == null; i++) {
      EventField field = fields[i];
      String text = texts.get(i);
      if (field != null && !text.isEmpty()) {
        builder.text(field, text);
      }
    }
    return builder.finish(key, recordTimestamp, coordinates);
  }

  @Override
  public byte[] encode(Event event, TimestampForm form) {
    List<@Nullable String> texts = new ArrayList<>();
    for (EventField field : fields) {
      texts.add(field == null ? null : EventCodecs.text(field, event, form));
    }
    return CsvLine.join(texts).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public TimestampForm timestampForm() {
    return builder.timestampForm();
  }

  private static Malformed unreadable(String detail) {
    return new Malformed(Malformed.Reason.UNREADABLE, detail);
  }
}
