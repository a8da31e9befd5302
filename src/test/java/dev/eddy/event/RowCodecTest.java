package dev.eddy.event;

import static dev.eddy.event.EventFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.definition.StreamDefinition.Format;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowCodecTest {
  private final RowCodec json = RowCodec.of(EventFixture.definition(Format.JSON));
  private final RowCodec csv = RowCodec.of(EventFixture.definition(Format.CSV));

  @Test
  void writesNumbersOfTheDefinitionAsJsonNumbersAsTheyStand() {
    TableRow row =
        row("ts", "1700000000123", "host", "7", "load", "1.50", "service", "80", "note", "5");

    assertThat(text(json.encode(row)))
        .isEqualTo(
            "{\"ts\":1700000000123,\"host\":\"7\",\"load\":1.50,\"service\":\"80\",\"note\":\"5\"}");
  }

  @Test
  void leavesToTheDeadLettersWhatIsNoNumber() {
    assertThat(text(json.encode(row("load", "high", "bytes", null))))
        .isEqualTo("{\"load\":\"high\",\"bytes\":null}");
  }

  @Test
  void writesAWordForAMissingNumberAsMissingAndLeavesItWhereTextsAre() {
    assertThat(text(json.encode(row("load", "N/A", "bytes", Double.NaN, "service", "none"))))
        .isEqualTo("{\"load\":null,\"bytes\":null,\"service\":\"none\"}");
    assertThat(text(csv.encode(row("load", " Infinity", "service", "-")))).isEqualTo(",,,,-,,");
  }

  @Test
  void keepsTheTypesOfJsonLines() {
    assertThat(text(json.encode(row("load", 1.5, "service", true, "note", Map.of("x", 1)))))
        .isEqualTo("{\"load\":1.5,\"service\":true,\"note\":{\"x\":1}}");
  }

  @Test
  void writesCsvInTheDefinitionsOrder() {
    TableRow row = row("load", 1.5, "extra", "x", "host", "a,b", "ts", "2023-11-14", "note", null);

    assertThat(text(csv.encode(row))).isEqualTo("2023-11-14,\"a,b\",1.5,,,,");
  }

  @Test
  void readsARowAsTheEventThatItsRecordWouldBecome() {
    TableRow row = row("ts", "2023-11-14 22:13:20", "host", "a", "load", "0.5", "attack", "dos");

    for (RowCodec codec : new RowCodec[] {json, csv}) {
      DecodedEvent decoded = codec.decode(row, 0, EventFixture.SOMEWHERE);

      assertThat(decoded).isInstanceOf(Event.class);
      Event event = (Event) decoded;
      assertThat(event.timestampMillis()).isEqualTo(1_700_000_000_000L);
      assertThat(event.number(0)).isEqualTo(0.5);
      assertThat(event.label()).isEqualTo("dos");
      assertThat(codec.entity(row)).isEqualTo("a");
    }
  }

  private static TableRow row(@Nullable Object... namesAndValues) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return new TableRow(1, values);
  }
}
