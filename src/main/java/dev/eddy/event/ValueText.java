package dev.eddy.event;

import com.fasterxml.jackson.core.io.NumberInput;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Set;

/**
 * How texts of records are told to be numbers and timestamps: the same rules wherever Eddy reads.
 */
public final class ValueText {
  /** Stands for a text that is not what was asked for. */
  public static final long NO_TIMESTAMP = Long.MIN_VALUE;

  /**
   * From here on a number is taken for epoch milliseconds (1973-03-03), below for epoch seconds.
   */
  static final double LEAST_MILLIS = 1e11;

  /** The end of the year 2200, milliseconds since the epoch. */
  private static final long LAST_MILLIS = 7_289_654_400_000L - 1;

  private static final long DAY_MILLIS = 86_400_000;

  /** Longest of the words for a missing value. */
  private static final int LONGEST_MISSING = 9;

  /** What tables write where they have no number, in lower case. */
  private static final Set<String> MISSING =
      Set.of(
          "na",
          "n/a",
          "#n/a",
          "<na>",
          "nan",
          "-nan",
          "null",
          "none",
          "nil",
          "?",
          "-",
          "inf",
          "+inf",
          "-inf",
          "infinity",
          "+infinity",
          "-infinity");

  private ValueText() {}

  /**
   * Returns whether a text is a word that tables write where they have no number, such as NA, null,
   * - or Infinity. In a column of texts it may as well be a value.
   */
  public static boolean isMissing(String text) {
    String trimmed = text.trim();
    return trimmed.length() <= LONGEST_MISSING
        && MISSING.contains(trimmed.toLowerCase(Locale.ROOT));
  }

  /**
   * Returns whether a class is missing, as tables write it: a word for a missing value, but neither
   * {@code -}, which is a class beside {@code +}, nor {@code none}, which may mean that there is no
   * anomaly.
   */
  public static boolean isMissingClass(String text) {
    String trimmed = text.trim();
    return isMissing(trimmed) && !trimmed.equals("-") && !trimmed.equalsIgnoreCase("none");
  }

  /**
   * Reads a finite decimal number such as {@code -12}, {@code .5} or {@code 1e-3}, or true or false
   * as 1 or 0.
   *
   * @return NaN if the text is none, or too large for a double
   */
  public static double number(String text) {
    String trimmed = text.trim();
    int length = trimmed.length();
    if (length == 0) {
      return Double.NaN;
    }
    for (int i = 0; i < length; i++) {
      char c = trimmed.charAt(i);
      boolean decimal = (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'e';
      if (!decimal && c != 'E') {
        return truth(trimmed);
      }
    }
    try {
      double value = NumberInput.parseDouble(trimmed, true);
      return Double.isFinite(value) ? value : Double.NaN;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /**
   * Reads a timestamp: a number as {@link #timestampMillis(double)}, or ISO-8601 such as {@code
   * 2026-11-23T10:15:30.5+01:00}. A space may stand for the T; seconds, time and zone may be left
   * out, and are then 0, midnight and UTC.
   *
   * @return milliseconds since the epoch, or {@link #NO_TIMESTAMP}
   */
  public static long timestampMillis(String text) {
    String trimmed = text.trim();
    if (trimmed.length() >= 10 && trimmed.charAt(4) == '-' && trimmed.charAt(7) == '-') {
      try {
        return inRange(isoMillis(trimmed));
      } catch (DateTimeException | IndexOutOfBoundsException | NumberFormatException e) {
        return NO_TIMESTAMP;
      }
    }
    double number = number(trimmed);
    return truth(trimmed) == number ? NO_TIMESTAMP : timestampMillis(number);
  }

  /**
   * Reads a timestamp: from 1e11 on milliseconds since the epoch, below that seconds with a
   * fraction.
   *
   * @return milliseconds since the epoch, or {@link #NO_TIMESTAMP} if it lies before 1970 or after
   *     2200
   */
  public static long timestampMillis(double number) {
    double millis = number >= LEAST_MILLIS ? number : number * 1000;
    return millis >= 0 && millis <= LAST_MILLIS ? Math.round(millis) : NO_TIMESTAMP;
  }

  /** Returns the timestamp if it lies between 1970 and 2200, else {@link #NO_TIMESTAMP}. */
  static long inRange(long millis) {
    return millis >= 0 && millis <= LAST_MILLIS ? millis : NO_TIMESTAMP;
  }

  private static double truth(String text) {
    if (text.equalsIgnoreCase("true")) {
      return 1;
    }
    return text.equalsIgnoreCase("false") ? 0 : Double.NaN;
  }

  private static long isoMillis(String text) {
    LocalDate date = LocalDate.of(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10));
    long day = date.toEpochDay() * DAY_MILLIS;
    if (text.length() == 10) {
      return day;
    }
    char separator = text.charAt(10);
    if ((separator != 'T' && separator != 't' && separator != ' ') || text.charAt(13) != ':') {
      throw new DateTimeException("separator");
    }
    int at = 16;
    long millis = checked(digits(text, 11, 13), 23) * 3_600_000L;
    millis += checked(digits(text, 14, 16), 59) * 60_000L;
    if (at < text.length() && text.charAt(at) == ':') {
      // A leap second is the last one of its minute once more.
      millis += Math.min(59, checked(digits(text, 17, 19), 60)) * 1000L;
      at = 19;
      if (at < text.length() && (text.charAt(at) == '.' || text.charAt(at) == ',')) {
        int end = at + 1;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
          end++;
        }
        String fraction = text.substring(at + 1, Math.min(end, at + 4));
        millis += digits((fraction + "00").substring(0, 3), 0, 3);
        at = end;
      }
    }
    return day + millis - offsetMillis(text.substring(at));
  }

  private static long offsetMillis(String zone) {
    if (zone.isEmpty() || zone.equalsIgnoreCase("z")) {
      return 0;
    }
    int sign = zone.charAt(0) == '-' ? -1 : 1;
    String digits = zone.substring(1).replace(":", "");
    if ((sign > 0 && zone.charAt(0) != '+') || (digits.length() != 4 && digits.length() != 2)) {
      throw new DateTimeException("zone");
    }
    int hours = checked(digits(digits, 0, 2), 18);
    int minutes = digits.length() == 4 ? checked(digits(digits, 2, 4), 59) : 0;
    return sign * (hours * 3_600_000L + minutes * 60_000L);
  }

  private static int digits(String text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw new DateTimeException("digit");
      }
      value = value * 10 + digit;
    }
    return value;
  }

  private static int checked(int value, int most) {
    if (value > most) {
      throw new DateTimeException("range");
    }
    return value;
  }
}
