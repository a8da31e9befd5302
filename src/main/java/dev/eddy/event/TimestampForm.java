package dev.eddy.event;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * How a source writes its timestamps, so that records made for its readers can be written alike.
 *
 * @param kind a number of milliseconds or seconds, or a text by ISO 8601
 * @param separator between date and time of a text
 * @param zone that a text names, as it names it: {@code Z} or an offset; empty where it names none
 */
public record TimestampForm(Kind kind, char separator, String zone) {
  /** Milliseconds since the epoch, as a number. */
  public static final TimestampForm MILLIS = new TimestampForm(Kind.MILLIS, 'T', "");

  private static final TimestampForm SECONDS = new TimestampForm(Kind.SECONDS, 'T', "");
  private static final DateTimeFormatter DATE = DateTimeFormatter.ISO_LOCAL_DATE;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
  private static final int DATE_LENGTH = 10;

  /** What a timestamp is written as. */
  public enum Kind {
    /** Milliseconds since the epoch. */
    MILLIS,
    /** Seconds since the epoch, with a fraction where there is one. */
    SECONDS,
    /** Date and time by ISO 8601. */
    ISO_8601
  }

  /** Returns the form of a number that {@link ValueText} could read as a timestamp. */
  static TimestampForm of(double number) {
    return number >= ValueText.LEAST_MILLIS ? MILLIS : SECONDS;
  }

  /** Returns the form of a text that {@link ValueText} could read as a timestamp. */
  static TimestampForm of(String text) {
    String trimmed = text.trim();
    if (trimmed.length() < DATE_LENGTH || trimmed.charAt(4) != '-') {
      return of(ValueText.number(trimmed));
    }
    if (trimmed.length() == DATE_LENGTH) {
      return new TimestampForm(Kind.ISO_8601, 'T', "");
    }
    String time = trimmed.substring(DATE_LENGTH + 1);
    return new TimestampForm(
        Kind.ISO_8601, trimmed.charAt(DATE_LENGTH), time.replaceFirst("^[0-9:.,]*", ""));
  }

  /** Returns whether it is a number. */
  boolean isNumber() {
    return kind != Kind.ISO_8601;
  }

  /** Writes a time. */
  String write(long millis) {
    return switch (kind) {
      case MILLIS -> Long.toString(millis);
      case SECONDS -> seconds(millis).toPlainString();
      case ISO_8601 -> iso(millis);
    };
  }

  private static BigDecimal seconds(long millis) {
    BigDecimal seconds = BigDecimal.valueOf(millis, 3).stripTrailingZeros();
    return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
  }

  private String iso(long millis) {
    OffsetDateTime at = Instant.ofEpochMilli(millis).atOffset(offset());
    long fraction = Math.floorMod(millis, 1000L);
    return DATE.format(at)
        + separator
        + TIME.format(at)
        + (fraction == 0 ? "" : String.format(Locale.ROOT, ".%03d", fraction))
        + zone;
  }

  private ZoneOffset offset() {
    if (zone.isEmpty() || zone.equalsIgnoreCase("z")) {
      return ZoneOffset.UTC;
    }
    try {
      return ZoneOffset.of(zone);
    } catch (DateTimeException e) {
      return ZoneOffset.UTC;
    }
  }
}
