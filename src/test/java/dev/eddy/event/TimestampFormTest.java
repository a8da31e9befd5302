package dev.eddy.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.definition.Feature;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.definition.StreamDefinition.Format;
import dev.eddy.definition.StreamDefinition.Source;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampFormTest {
  private static final long LATER = 1_790_000_061_250L;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1790000061250",
        "1790000061.25",
        "\"2026-09-21T14:14:21.250Z\"",
        "\"2026-09-21 14:14:21.250\"",
        "\"2026-09-21T16:14:21.250+02:00\""
      })
  void writesTimestampsAsTheSourceDoes(String timestamp) {
    byte[] record = "{\"ts\":%s,\"load\":1}".formatted(timestamp).getBytes(UTF_8);
    EventCodec codec = codec(Format.JSON);
    Event event = (Event) codec.decode(null, record, 0, new Coordinates("t", 0, 0));

    assertThat(event.timestampMillis()).isEqualTo(LATER);
    assertThat(new String(codec.encode(event, codec.timestampForm()), UTF_8))
        .isEqualTo(new String(record, UTF_8));
  }

  @Test
  void leavesOutAFractionThatIsZero() {
    assertThat(TimestampForm.of("2026-09-21 14:14:20").write(1_790_000_060_000L))
        .isEqualTo("2026-09-21 14:14:20");
    assertThat(TimestampForm.of("1790000060").write(1_790_000_060_000L)).isEqualTo("1790000060");
  }

  @Test
  void writesAMomentForASourceOfDays() {
    assertThat(TimestampForm.of("2026-09-21").write(1_790_000_060_000L))
        .isEqualTo("2026-09-21T14:14:20");
  }

  @Test
  void writesCsvAlike() {
    EventCodec codec = codec(Format.CSV);
    byte[] line = "2026-09-21 14:14:21.250,1".getBytes(UTF_8);
    Event event = (Event) codec.decode(null, line, 0, new Coordinates("t", 0, 0));

    assertThat(codec.encode(event, codec.timestampForm())).isEqualTo(line);
  }

  @Test
  void writesMillisecondsWhereNoTimestampWasRead() {
    assertThat(codec(Format.JSON).timestampForm()).isEqualTo(TimestampForm.MILLIS);
  }

  private static EventCodec codec(Format format) {
    List<String> columns = format == Format.CSV ? List.of("ts", "load") : List.of();
    return EventCodecs.of(
        StreamDefinition.of(
            "s", new Source("t", format, null, "ts", columns), List.of(Feature.number("load"))));
  }
}
