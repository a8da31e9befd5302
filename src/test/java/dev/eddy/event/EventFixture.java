package dev.eddy.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.definition.Feature;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.definition.StreamDefinition.Format;
import dev.eddy.definition.StreamDefinition.Labels;
import dev.eddy.definition.StreamDefinition.Source;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A small stream in both formats, for tests of this package. */
final class EventFixture {
  static final Coordinates SOMEWHERE = new Coordinates("source", 1, 2);
  static final long RECORD_TIME = 1_600_000_000_000L;

  private EventFixture() {}

  /** Fields ts, host, load, bytes, service, attack. */
  static StreamDefinition definition(Format format) {
    return definition(format, "host", "ts");
  }

  static StreamDefinition definition(
      Format format, @Nullable String entity, @Nullable String timestamp) {
    List<String> columns = List.of("ts", "host", "load", "bytes", "service", "attack", "note");
    return StreamDefinition.of(
            "test",
            new Source(
                "source", format, entity, timestamp, format == Format.CSV ? columns : List.of()),
            List.of(Feature.number("load"), Feature.category("service"), Feature.number("bytes")))
        .withLabels(new Labels("attack", List.of("normal"), null));
  }

  static DecodedEvent decode(EventCodec codec, String value) {
    return codec.decode(null, value.getBytes(StandardCharsets.UTF_8), RECORD_TIME, SOMEWHERE);
  }

  static Event event(EventCodec codec, String value) {
    DecodedEvent decoded = decode(codec, value);
    assertThat(decoded).isInstanceOf(Event.class);
    return (Event) decoded;
  }

  static Malformed malformed(EventCodec codec, String value) {
    DecodedEvent decoded = decode(codec, value);
    assertThat(decoded).isInstanceOf(Malformed.class);
    return (Malformed) decoded;
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
