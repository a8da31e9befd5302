package dev.eddy.cli.synthesize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeFormatTest {
  private static TimeFormat of(List<String> texts) {
    return Objects.requireNonNull(TimeFormat.of(texts), texts.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-01-31;2026-02-28 | yyyy-MM-dd",
        "2026-09-02T07:21:00+02:00;2026-09-03T08:00:09+02:00 | yyyy-MM-ddTHH:mm:ss+02:00",
        "2026-03-29T00:59:00+01:00;2026-03-29T03:00:00+02:00 | yyyy-MM-ddTHH:mm:ss and offset",
        "2026-01-01 12:00:00+00:00;2026-01-01 13:07:01+00:00 | yyyy-MM-dd HH:mm:ss+00:00",
        "2026-01-01 12:00:00.123456;2026-01-01 12:00:00.5 | yyyy-MM-dd HH:mm:ss.SSSSSS",
        "2026-01-01T12:00:00.123456789Z;2026-01-01T12:00:01.000000001Z | yyyy-MM-ddTHH:mm:ss.SSSSSSSSSZ",
        "1969-12-31T23:59:59.999Z;1970-01-01T00:00:00.000Z | yyyy-MM-ddTHH:mm:ss.SSSZ",
        "2026-01-01T12:00;2026-01-01T12:00:30 | yyyy-MM-ddTHH:mm:ss",
        "2026-01-01T12:00:00;2026-01-01T12:00:30.000001 | yyyy-MM-ddTHH:mm:ss.SSSSSS",
        "2026-01-01 12:00:00 UTC;2026-01-02 12:00:01 UTC | yyyy-MM-dd HH:mm:ss UTC",
        "2026-01-01T12:00:00,250+0530;2026-01-02T12:00:00,125+0530 | yyyy-MM-ddTHH:mm:ss,SSS+0530",
        "01/31/2026;02/28/2026 | MM/dd/yyyy",
        "31/01/2026;02/02/2026 | dd/MM/yyyy",
        "1/31/2026 9:05;12/2/2026 10:00 | M/d/yyyy H:mm",
        "01/31/26;02/28/69 | MM/dd/yy",
        "01/31/2026 01:30 PM;01/31/2026 12:00 AM | MM/dd/yyyy hh:mm a",
        "31.01.2026 10:00:59;01.02.2026 10:00:00 | dd.MM.yyyy HH:mm:ss",
        "07:21;23:59 | HH:mm",
        "07:21:00;23:59:59 | HH:mm:ss",
        "01:30 PM;12:05 AM;12:00 PM | hh:mm a",
        "1:30pm;12:05am | h:mma",
        "0:12:33;102:00:01 | H:mm:ss",
        "-0:12:33;1:00:01 | H:mm:ss",
        "0 days 00:12:33;12 days 23:00:00 | D days HH:mm:ss",
      })
  void writesWhatItReadInTheSameForm(String texts, String shown) {
    List<String> all = List.of(texts.split(";"));

    TimeFormat format = of(all);

    assertThat(format.shown()).isEqualTo(shown);
    assertThat(all).allSatisfy(text -> assertThat(format.write(format.read(text))).isEqualTo(text));
  }

  @Test
  void countsInTheLargestUnitBetweenTimes() {
    TimeFormat minutes = of(List.of("2026-01-01T12:07:30Z", "2026-01-01T13:00:30Z"));

    double first = minutes.read("2026-01-01T12:07:30Z");

    assertThat(minutes.write(first + 1.4)).isEqualTo("2026-01-01T12:08:30Z");
  }

  @Test
  void writesTheOffsetThatTheSourceHadBefore() {
    TimeFormat format = of(List.of("2026-01-15T12:00:00+01:00", "2026-07-15T12:00:00+02:00"));

    double winter = format.read("2026-01-15T12:00:00+01:00");
    double summer = format.read("2026-07-15T12:00:00+02:00");

    assertThat(format.write(winter + 3)).isEqualTo("2026-01-15T15:00:00+01:00");
    assertThat(format.write(summer + 3)).isEqualTo("2026-07-15T15:00:00+02:00");
  }

  @Test
  void staysWithinADay() {
    TimeFormat format = of(List.of("00:00", "23:59"));

    assertThat(format.write(1_500)).isEqualTo("23:59");
    assertThat(format.write(-3)).isEqualTo("00:00");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-31;31.01.2026",
        "2026-01-31;2026-01-31 10:00",
        "2026-13-01;2026-01-01",
        "10:00;10:00 AM",
        "25:61;10:00"
      })
  void findsNoFormatWhereThereIsNotOne(String texts) {
    assertThat(TimeFormat.of(List.of(texts.split(";")))).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-09-62T55:36:00+02:00",
        "31 Jan 2026",
        "Sat, 31 Jan 2026 10:00:00 GMT",
        "Jan 31, 2026",
        "10/Oct/2000:13:55:36 -0700",
        "1 day, 2:03:04",
        "PT12M33S"
      })
  void knowsTimesThatItDoesNotRead(String text) {
    assertThat(TimeFormat.looksLikeOne(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.142.118", "usr-00123", "00:1A:2B:3C", "P12", "maybe 12", "1.2.3"})
  void takesNoIdentifierForATime(String text) {
    assertThat(TimeFormat.looksLikeOne(text)).isFalse();
  }
}
