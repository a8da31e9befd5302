package dev.eddy.cli.synthesize;

import java.util.Locale;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * How hours, minutes, seconds and their fractions are written, gathered text by text. Where some
 * texts have fewer digits, the fewest that lose nothing are written, as programs do that leave out
 * zeros.
 */
final class ClockStyle {
  /** Hours and minutes, perhaps seconds, a fraction of them, and a half of the day. */
  static final String PATTERN =
      "(?<hour>\\d+):(?<minute>[0-5]\\d)"
          + "(?::(?<seconds>[0-5]\\d)(?:(?<point>[.,])(?<fraction>\\d{1,9}))?)?"
          + "(?<half> ?[AaPp][Mm])?";

  private static final int NO_SECONDS = -1;
  private static final int DIGITS = 9;
  private static final int HALF_DAY = 12;
  private static final int[] POWERS = {
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000
  };

  private final NavigableSet<Integer> widths = new TreeSet<>();
  private boolean padded = true;
  private boolean overDay;
  private String mark = ".";
  private @Nullable String half;
  private boolean mixed;
  private boolean any;

  /** A text's time. */
  record Time(long second, int nano) {}

  /** Reads a matched text; null if there is no such time. */
  static @Nullable Time read(Matcher matched) {
    String hours = matched.group("hour");
    if (hours.length() > DIGITS) {
      return null;
    }
    long hour = Long.parseLong(hours);
    String half = matched.group("half");
    if (half != null) {
      if (hour < 1 || hour > HALF_DAY) {
        return null;
      }
      hour = hour % HALF_DAY + (half.trim().toLowerCase(Locale.ROOT).equals("pm") ? HALF_DAY : 0);
    }
    String second = matched.group("seconds");
    String fraction = matched.group("fraction");
    return new Time(
        hour * 3_600
            + Long.parseLong(matched.group("minute")) * 60
            + (second == null ? 0 : Long.parseLong(second)),
        fraction == null ? 0 : Integer.parseInt(fraction) * POWERS[DIGITS - fraction.length()]);
  }

  /** Takes in how a matched text is written. */
  void add(Matcher matched) {
    String hours = matched.group("hour");
    String second = matched.group("seconds");
    String fraction = matched.group("fraction");
    widths.add(second == null ? NO_SECONDS : fraction == null ? 0 : fraction.length());
    padded &= hours.length() > 1;
    overDay |= Long.parseLong(hours) > 23;
    if (fraction != null) {
      mark = matched.group("point");
    }
    String found = matched.group("half");
    String form =
        found == null
            ? null
            : (found.startsWith(" ") ? " " : "") + (found.endsWith("m") ? "am" : "AM");
    mixed |= any && !Objects.equals(form, half);
    half = form;
    any = true;
  }

  /** Returns whether no style can write all of them. */
  boolean isMixed() {
    return mixed;
  }

  /** Returns whether all are times of one day: none beyond 23 hours, none with one digit. */
  boolean isTimeOfDay() {
    return half != null || (padded && !overDay);
  }

  /** Writes a time that is not negative. */
  String write(long second, int nano) {
    long hour = second / 3_600;
    StringBuilder text = new StringBuilder();
    if (half != null) {
      hour = (hour + HALF_DAY - 1) % HALF_DAY + 1;
    }
    text.append(padded && hour < 10 ? "0" : "").append(hour);
    two(text.append(':'), second / 60 % 60);
    int width = width(second % 60, nano);
    if (width > NO_SECONDS) {
      two(text.append(':'), second % 60);
    }
    if (width > 0) {
      String digits = String.format(Locale.ROOT, "%09d", nano);
      text.append(mark).append(digits, 0, width);
    }
    if (half != null) {
      boolean afternoon = second / 3_600 % 24 >= HALF_DAY;
      text.append(afternoon ? half.replace('A', 'P').replace('a', 'p') : half);
    }
    return text.toString();
  }

  private int width(long second, int nano) {
    for (int width : widths) {
      if (width == NO_SECONDS ? second == 0 && nano == 0 : nano % POWERS[DIGITS - width] == 0) {
        return width;
      }
    }
    return widths.last();
  }

  private static void two(StringBuilder text, long number) {
    text.append(number < 10 ? "0" : "").append(number);
  }

  /** Returns the pattern for people, with the most digits. */
  String shown() {
    int width = widths.last();
    String hour = half != null ? "h" : "H";
    return (padded ? hour + hour : hour)
        + ":mm"
        + (width > NO_SECONDS ? ":ss" : "")
        + (width > 0 ? mark + "S".repeat(width) : "")
        + (half == null ? "" : half.startsWith(" ") ? " a" : "a");
  }
}
