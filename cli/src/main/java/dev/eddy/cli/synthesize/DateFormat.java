package dev.eddy.cli.synthesize;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A way to write dates that is read and written back alike. */
enum DateFormat {
  DAY("uuuu-MM-dd", 86_400_000),
  SLASHED_DAY("uuuu/MM/dd", 86_400_000),
  DOTTED_DAY("dd.MM.uuuu", 86_400_000),
  DOTTED_MINUTE("dd.MM.uuuu HH:mm", 60_000),
  DOTTED_SECOND("dd.MM.uuuu HH:mm:ss", 1_000),
  MINUTE("uuuu-MM-dd'T'HH:mm", 60_000),
  SPACED_MINUTE("uuuu-MM-dd HH:mm", 60_000),
  SECOND("uuuu-MM-dd'T'HH:mm:ss", 1_000),
  SPACED_SECOND("uuuu-MM-dd HH:mm:ss", 1_000),
  ZULU_SECOND("uuuu-MM-dd'T'HH:mm:ss'Z'", 1_000),
  MILLI("uuuu-MM-dd'T'HH:mm:ss.SSS", 1),
  SPACED_MILLI("uuuu-MM-dd HH:mm:ss.SSS", 1),
  ZULU_MILLI("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", 1);

  private final String pattern;
  private final DateTimeFormatter formatter;
  private final long unitMillis;

  DateFormat(String pattern, long unitMillis) {
    this.pattern = pattern;
    this.formatter =
        DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    this.unitMillis = unitMillis;
  }

  /** Returns the formats that a text may be in. */
  static List<DateFormat> of(String text) {
    return Arrays.stream(values()).filter(format -> !Double.isNaN(format.read(text))).toList();
  }

  /** Returns the days, minutes, seconds or milliseconds since 1970; NaN: another format. */
  double read(String text) {
    if (text.length() != pattern.replace("'", "").length()) {
      return Double.NaN; // most texts are no dates: an exception for each is slow
    }
    try {
      LocalDateTime time =
          unitMillis == DAY.unitMillis
              ? LocalDate.parse(text, formatter).atStartOfDay()
              : LocalDateTime.parse(text, formatter);
      return Math.floorDiv(time.toInstant(ZoneOffset.UTC).toEpochMilli(), unitMillis);
    } catch (DateTimeException e) {
      return Double.NaN;
    }
  }

  /** Writes what {@link #read} gave. */
  String write(double value) {
    long millis = Math.round(value) * unitMillis;
    return LocalDateTime.ofEpochSecond(
            Math.floorDiv(millis, 1_000),
            (int) Math.floorMod(millis, 1_000L) * 1_000_000,
            ZoneOffset.UTC)
        .format(formatter);
  }

  /** Returns the pattern for people. */
  String shown() {
    return pattern.replace("'", "").replace('u', 'y');
  }
}
