package dev.eddy.event;

import static dev.eddy.event.EventFixture.decode;
import static dev.eddy.event.EventFixture.event;
import static dev.eddy.event.EventFixture.malformed;
import static dev.eddy.event.EventFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.definition.StreamDefinition.Format;
import dev.eddy.event.Malformed.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonEventCodecTest {
  private final EventCodec codec = EventCodecs.of(EventFixture.definition(Format.JSON));

  @Test
  void readsEveryFieldInWhateverOrder() {
    Event event =
        event(
            codec,
            """
            {"attack":"dos","bytes":1e3,"extra":{"load":[1,{"host":"no"}]},"service":"http",
             "load":-0.25,"host":"web-1","ts":1700000000123}
            """);

    assertThat(event.entity()).isEqualTo("web-1");
    assertThat(event.timestampMillis()).isEqualTo(1_700_000_000_123L);
    assertThat(event.number(0)).isEqualTo(-0.25);
    assertThat(event.number(1)).isEqualTo(1000);
    assertThat(event.category(0)).isEqualTo("http");
    assertThat(event.label()).isEqualTo("dos");
    assertThat(event.coordinates()).isEqualTo(EventFixture.SOMEWHERE);
  }

  @Test
  void takesAbsentAndNullFieldsForMissing() {
    Event event = event(codec, "{\"ts\":1700000000,\"host\":\"a\",\"load\":null,\"attack\":null}");

    assertThat(event.number(0)).isNaN();
    assertThat(event.number(1)).isNaN();
    assertThat(event.category(0)).isNull();
    assertThat(event.label()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"12,12", "-1.5e-3,-0.0015", "'\"12.5\"',12.5", "true,1", "false,0", "'\"true\"',1"})
  void readsNumbersHoweverTheyAreWritten(String written, double number) {
    assertThat(event(codec, withLoad(written)).number(0)).isEqualTo(number);
  }

  @Test
  void readsNumbersOfManyDigitsAsDoublesDo() {
    assertThat(event(codec, withLoad("12345678901234567890123")).number(0))
        .isEqualTo(1.2345678901234568E22);
    assertThat(event(codec, withLoad("0.1000000000000000055511151231257827")).number(0))
        .isEqualTo(0.1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"high\"",
        "\"\"",
        "\"0x10\"",
        "\"1f\"",
        "\"NaN\"",
        "NaN",
        "Infinity",
        "-Infinity",
        "1e999",
        "\"1e999\"",
        "{}",
        "[1]"
      })
  void refusesWhatIsNoFiniteNumber(String written) {
    Malformed malformed = malformed(codec, withLoad(written));

    assertThat(malformed.reason()).isEqualTo(Reason.WRONG_TYPE);
    assertThat(malformed.detail()).contains("field load");
  }

  @ParameterizedTest
  @CsvSource({"'\"http\"',http", "80,80", "1.50,1.50", "true,true", "'\"\"',''"})
  void readsCategoriesFromTextNumbersAndBooleans(String written, String category) {
    String value = "{\"ts\":1700000000,\"host\":\"a\",\"service\":%s}".formatted(written);

    assertThat(event(codec, value).category(0)).isEqualTo(category);
  }

  @Test
  void refusesTextsThatAreTooLongToBeCategories() {
    String longest = "x".repeat(EventBuilder.MAXIMUM_TEXT);
    String value = "{\"ts\":1700000000,\"host\":\"a\",\"service\":\"%s\"}";

    assertThat(event(codec, value.formatted(longest)).category(0)).isEqualTo(longest);
    assertThat(malformed(codec, value.formatted(longest + "x")))
        .isEqualTo(
            new Malformed(
                Reason.WRONG_TYPE, "field service must have at most 256 characters, got 257"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{}x",
        "{} {}",
        "[]",
        "1",
        "null",
        "\"text\"",
        "{\"ts\":1700000000,\"host\":\"a\"",
        "{\"ts\":1700000000,\"host\":\"a\"} trailing",
        "{\"ts\":1700000000 \"host\":\"a\"}",
        "{\"load\":01,\"ts\":1700000000,\"host\":\"a\"}",
        "{'ts':1700000000}",
        "not json",
        " "
      })
  void refusesWhatIsNotOneJsonObject(String value) {
    assertThat(malformed(codec, value).reason()).isEqualTo(Reason.UNREADABLE);
  }

  @Test
  void refusesANamedFieldThatAppearsTwice() {
    String twice = "{\"ts\":1700000000,\"host\":\"a\",\"load\":1,\"load\":1}";
    String unnamed = "{\"ts\":1700000000,\"host\":\"a\",\"other\":1,\"other\":1}";

    assertThat(malformed(codec, twice))
        .isEqualTo(new Malformed(Reason.UNREADABLE, "field load must not appear twice"));
    assertThat(decode(codec, unnamed)).isInstanceOf(Event.class);
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    byte[] value = withLoad("1").replace("a\"", "\u00e9\"").getBytes(StandardCharsets.ISO_8859_1);

    DecodedEvent decoded = codec.decode(null, value, 0, EventFixture.SOMEWHERE);

    assertThat(decoded).extracting("reason").isEqualTo(Reason.UNREADABLE);
  }

  @Test
  void refusesTombstonesAndWhatIsTooLargeUnread() {
    byte[] large = new byte[EventCodec.MAXIMUM_BYTES + 1];

    assertThat(codec.decode(null, null, 0, EventFixture.SOMEWHERE))
        .extracting("reason")
        .isEqualTo(Reason.EMPTY);
    assertThat(codec.decode(null, new byte[0], 0, EventFixture.SOMEWHERE))
        .extracting("reason")
        .isEqualTo(Reason.EMPTY);
    assertThat(codec.decode(null, large, 0, EventFixture.SOMEWHERE))
        .extracting("reason")
        .isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void refusesNestingWithoutEnd() {
    String deep = "{\"x\":" + "[".repeat(200_000) + "]".repeat(200_000) + "}";

    assertThat(malformed(codec, deep).reason()).isEqualTo(Reason.UNREADABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"host\":null}", "{\"host\":\"\"}"})
  void refusesRecordsWithoutTheirEntity(String value) {
    assertThat(malformed(codec, value).reason()).isEqualTo(Reason.MISSING_FIELD);
  }

  @Test
  void refusesRecordsWithoutTheirTimestampOrWithAnAbsurdOne() {
    assertThat(malformed(codec, "{\"host\":\"a\"}").reason()).isEqualTo(Reason.MISSING_FIELD);
    assertThat(malformed(codec, "{\"host\":\"a\",\"ts\":-1}").reason())
        .isEqualTo(Reason.WRONG_TYPE);
    assertThat(malformed(codec, "{\"host\":\"a\",\"ts\":1e18}").reason())
        .isEqualTo(Reason.WRONG_TYPE);
    assertThat(malformed(codec, "{\"host\":\"a\",\"ts\":true}").reason())
        .isEqualTo(Reason.WRONG_TYPE);
    assertThat(malformed(codec, "{\"host\":\"a\",\"ts\":\"yesterday\"}").reason())
        .isEqualTo(Reason.WRONG_TYPE);
  }

  @Test
  void takesEntityAndTimeFromTheRecordWhereNoFieldsAreNamed() {
    EventCodec plain = EventCodecs.of(EventFixture.definition(Format.JSON, null, null));
    byte[] value = "{\"load\":1}".getBytes(StandardCharsets.UTF_8);
    byte[] number = ByteBuffer.allocate(8).putLong(7).array();

    assertThat(entity(plain, "web-é".getBytes(StandardCharsets.UTF_8), value)).isEqualTo("web-é");
    assertThat(entity(plain, number, value)).isEqualTo("0x0000000000000007");
    assertThat(entity(plain, new byte[] {(byte) 0xff}, value)).isEqualTo("0xff");
    assertThat(event(plain, "{}").entity()).isEqualTo("all");
    assertThat(event(plain, "{}").timestampMillis()).isEqualTo(EventFixture.RECORD_TIME);
    assertThat(plain.decode(null, value, -1, EventFixture.SOMEWHERE))
        .extracting("reason")
        .isEqualTo(Reason.MISSING_FIELD);
    assertThat(plain.decode(new byte[600], value, 1, EventFixture.SOMEWHERE))
        .extracting("reason")
        .isEqualTo(Reason.WRONG_TYPE);
  }

  @Test
  void keepsNothingFromOneRecordToTheNext() {
    event(codec, withLoad("5"));
    malformed(codec, withLoad("{}"));

    Event event = event(codec, "{\"ts\":1700000000,\"host\":\"b\"}");

    assertThat(event.number(0)).isNaN();
    assertThat(event.entity()).isEqualTo("b");
  }

  @Test
  void saysNothingOfTheRecordsContentInAReason() {
    String secret = "{\"ts\":1700000000,\"host\":\"a\",\"load\":\"secret\"}";

    assertThat(malformed(codec, secret).detail()).doesNotContain("secret");
    assertThat(malformed(codec, secret.substring(1)).detail()).doesNotContain("secret");
  }

  @Test
  void writesWhatItReads() {
    String value =
        "{\"ts\":1700000000123,\"host\":\"a\",\"load\":0.1,\"service\":\"\\\"q\\\"\","
            + "\"bytes\":12345678,\"attack\":\"dos\"}";

    assertThat(text(codec.encode(event(codec, value)))).isEqualTo(value);
  }

  @Test
  void writesNoMissingFields() {
    String value = "{\"ts\":1700000000123,\"host\":\"a\"}";

    assertThat(text(codec.encode(event(codec, value)))).isEqualTo(value);
  }

  private static String entity(EventCodec codec, byte[] key, byte[] value) {
    return ((Event) codec.decode(key, value, 1, EventFixture.SOMEWHERE)).entity();
  }

  private static String withLoad(String written) {
    return "{\"ts\":1700000000,\"host\":\"a\",\"load\":%s,\"bytes\":2}".formatted(written);
  }
}
