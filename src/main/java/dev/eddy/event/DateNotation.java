package dev.eddy.event;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An order of day, month and year in texts, with or without a time of day behind it. {@link
 * ValueText} reads the one of ISO 8601 alone; the others are told here, so that no column of dates
 * is taken for one of categories.
 */
public enum DateNotation {
  /** As ISO 8601, also with slashes or dots: 2026-12-31. */
  YEAR_FIRST("yyyy-mm-dd", 1, 2, 3),
  /** As in Europe: 31.12.2026 or 31/12/2026. */
  DAY_FIRST("dd.mm.yyyy", 3, 2, 1),
  /** As in the United States: 12/31/2026. */
  MONTH_FIRST("mm/dd/yyyy", 3, 1, 2);

  private static final String TIME =
      "([T ]\\s*\\d{1,2}:\\d{2}(:\\d{2}([.,]\\d{1,9})?)?\\s?([AaPp]\\.?[Mm]\\.?)?"
          + "\\s?([Zz]|UTC|GMT|[+-]\\d{2}:?(\\d{2})?)?)?";
  private static final Pattern YEAR_BEFORE =
      Pattern.compile("(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})" + TIME);
  private static final Pattern YEAR_BEHIND =
      Pattern.compile("(\\d{1,2})[-/.](\\d{1,2})[-/.](\\d{4})" + TIME);
  private static final int SHORTEST = 8;
  private static final int LONGEST = 40;

  private final String shown;
  private final int year;
  private final int month;
  private final int day;

  DateNotation(String shown, int year, int month, int day) {
    this.shown = shown;
    this.year = year;
    this.month = month;
    this.day = day;
  }

  /** Returns the orders in which a text is a date; none where it is no date. */
  public static List<DateNotation> of(String text) {
    return Arrays.stream(values()).filter(notation -> notation.reads(text)).toList();
  }

  /** Returns whether a text is a date of the calendar in this order. */
  public boolean reads(String text) {
    String trimmed = text.trim();
    if (trimmed.length() < SHORTEST || trimmed.length() > LONGEST) {
      return false;
    }
    Matcher parts = (this == YEAR_FIRST ? YEAR_BEFORE : YEAR_BEHIND).matcher(trimmed);
    return parts.matches() && isDate(number(parts, year), number(parts, month), number(parts, day));
  }

  /** Returns the order for people. */
  public String shown() {
    return shown;
  }

  private static int number(Matcher parts, int group) {
    return Integer.parseInt(parts.group(group));
  }

  private static boolean isDate(int year, int month, int day) {
    try {
      return LocalDate.of(year, month, day).getYear() == year;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
