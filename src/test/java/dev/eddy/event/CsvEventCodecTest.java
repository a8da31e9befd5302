package dev.eddy.event;

import static dev.eddy.event.EventFixture.event;
import static dev.eddy.event.EventFixture.malformed;
import static dev.eddy.event.EventFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.definition.StreamDefinition.Format;
import dev.eddy.event.Malformed.Reason;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvEventCodecTest {
  private final EventCodec codec = EventCodecs.of(EventFixture.definition(Format.CSV));

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\r\n"})
  void readsALineWithAndWithoutItsEnd(String end) {
    Event event =
        event(codec, "2023-11-14T22:13:20Z,web-1, 0.5 ,7,\"a,\"\"b\"\"\nc\",dos,unused" + end);

    assertThat(event.entity()).isEqualTo("web-1");
    assertThat(event.timestampMillis()).isEqualTo(1_700_000_000_000L);
    assertThat(event.number(0)).isEqualTo(0.5);
    assertThat(event.number(1)).isEqualTo(7);
    assertThat(event.category(0)).isEqualTo("a,\"b\"\nc");
    assertThat(event.label()).isEqualTo("dos");
  }

  @Test
  void takesEmptyValuesForMissing() {
    Event event = event(codec, "1700000000,a,,\"\",,,");

    assertThat(event.number(0)).isNaN();
    assertThat(event.number(1)).isNaN();
    assertThat(event.category(0)).isNull();
    assertThat(event.label()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1700000000,a,1,2,http,normal",
        "1700000000,a,1,2,http,normal,,",
        "1700000000,a,1,2,http,normal,\n1700000000,a,1,2,http,normal,",
        "1700000000,a,1,2,\"http,normal,",
        "1700000000,a,1,2,\"ht\"tp,normal,",
        "\n"
      })
  void refusesWhatIsNotOneLineOfAllColumns(String value) {
    assertThat(malformed(codec, value).reason()).isEqualTo(Reason.UNREADABLE);
  }

  @Test
  void saysHowManyValuesALineMustHave() {
    assertThat(malformed(codec, "1,2").detail()).isEqualTo("line must have 7 values, got 2");
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    byte[] value = "1700000000,é,1,2,http,normal,".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(codec.decode(null, value, 0, EventFixture.SOMEWHERE))
        .extracting("reason")
        .isEqualTo(Reason.UNREADABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"high", "nan", "inf", "1e999", "1,5"})
  void refusesWhatIsNoFiniteNumber(String written) {
    Malformed malformed = malformed(codec, "1700000000,a,\"%s\",2,http,normal,".formatted(written));

    assertThat(malformed.reason()).isEqualTo(Reason.WRONG_TYPE);
    assertThat(malformed.detail()).isEqualTo("field load must be a finite number");
  }

  @Test
  void refusesRecordsWithoutEntityOrTimestamp() {
    assertThat(malformed(codec, "1700000000,,1,2,http,normal,").reason())
        .isEqualTo(Reason.MISSING_FIELD);
    assertThat(malformed(codec, ",a,1,2,http,normal,").reason()).isEqualTo(Reason.MISSING_FIELD);
  }

  @Test
  void writesWhatItReads() {
    String line = "1700000000123,a,0.1,12345678,\"q\"\",\",dos,";

    assertThat(text(codec.encode(event(codec, line)))).isEqualTo(line);
  }
}
