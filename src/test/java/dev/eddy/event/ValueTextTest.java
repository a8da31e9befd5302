package dev.eddy.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTextTest {

  @ParameterizedTest
  @CsvSource({
    "1700000000,1700000000000",
    "1700000000.25,1700000000250",
    "1700000000123,1700000000123",
    "0,0",
    "99999999999,-9223372036854775808",
    "100000000000,100000000000",
    "2023-11-14T22:13:20Z,1700000000000",
    "2023-11-14T22:13:20,1700000000000",
    "2023-11-14 22:13:20,1700000000000",
    "2023-11-14t22:13:20z,1700000000000",
    "2023-11-14T22:13Z,1699999980000",
    "2023-11-14,1699920000000",
    "2023-11-14T23:13:20+01:00,1700000000000",
    "2023-11-14T23:13:20+0100,1700000000000",
    "2023-11-14T16:43:20-05:30,1700000000000",
    "2023-11-14T22:13:20.5Z,1700000000500",
    "2023-11-14T22:13:20.123456789Z,1700000000123",
    "'2023-11-14T22:13:20,75Z',1700000000750",
    "2016-12-31T23:59:60Z,1483228799000",
    "1970-01-01T00:00:00Z,0",
    "2200-12-31T23:59:59.999Z,7289654399999",
  })
  void readsTimestamps(String text, long millis) {
    assertThat(ValueText.timestampMillis(text)).isEqualTo(millis);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "true",
        "-1",
        "1e30",
        "NaN",
        "7289654400000",
        "1969-12-31T23:59:59Z",
        "2201-01-01T00:00:00Z",
        "2023-13-01",
        "2023-02-29",
        "2023-11-14T25:00:00Z",
        "2023-11-14T22:61:00Z",
        "2023-11-14T22:13:20+25:00",
        "2023-11-14T22:13:20 CET",
        "2023-11-14T22",
        "2023-11-14X22:13:20",
        "2023-1-4",
        "14.11.2023",
        "2023-11-14T22:13:20.Z"
      })
  void refusesWhatIsNoTimestampOrAnAbsurdOne(String text) {
    assertThat(ValueText.timestampMillis(text)).isEqualTo(ValueText.NO_TIMESTAMP);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "' -2.50 ',-2.5", "+3,3", ".5,0.5", "1E3,1000", "TRUE,1", "false,0"})
  void readsNumbers(String text, double number) {
    assertThat(ValueText.number(text)).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "-", "1.2.3", "1d", "0x1p3", "NaN", "Infinity", "1e999", "1 2", "yes"})
  void refusesWhatIsNoNumber(String text) {
    assertThat(ValueText.number(text)).isNaN();
  }

  @Test
  void tellsSecondsFromMillisecondsAtAHundredThousandMillion() {
    assertThat(ValueText.timestampMillis(7_289_654_399.0)).isEqualTo(7_289_654_399_000L);
    assertThat(ValueText.timestampMillis(1e11)).isEqualTo(100_000_000_000L);
  }
}
