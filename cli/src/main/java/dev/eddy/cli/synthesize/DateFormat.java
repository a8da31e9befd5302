package dev.eddy.cli.synthesize;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Dates with or without time and offset. Where all have one offset, what they show is learnt; where
 * there are several, as summer and winter have them, the instants are, and each is written with the
 * offset that the source had next before it.
 */
final class DateFormat implements TimeFormat {
  private static final long DAY = 86_400;
  private static final int LAST_OF_2000 = 68; // as POSIX reads years of two digits
  private static final Pattern DATE =
      Pattern.compile(
          "(?:(?<first>\\d{4})(?<mark>[-/.])(?<second>\\d{1,2})\\k<mark>(?<third>\\d{1,2})"
              + "|(?<one>\\d{1,2})(?:(?<dot>[-/.])(?<two>\\d{1,2})\\k<dot>(?<year>\\d{4})"
              + "|/(?<other>\\d{1,2})/(?<short>\\d{2})))"
              + "(?:(?<gap>[Tt ]|, )"
              + ClockStyle.PATTERN
              + "(?<zone>[Zz]| ?UTC| ?GMT| ?[-+]\\d{2}(?::?\\d{2})?)?)?");

  /** Which of a date's parts comes first. */
  private enum Order {
    YEAR,
    MONTH,
    DAY
  }

  /** A text's date and time, as they are shown, and the offset. */
  private record Moment(long second, int nano, int offset) {}

  private final Order order;
  private final String mark;
  private final String gap;
  private final boolean padded;
  private final boolean shortYear;
  private final @Nullable ClockStyle clock;
  private final TimeUnits units;
  private final boolean instants;
  private final NavigableMap<Double, String> zones;

  private DateFormat(
      Order order,
      Matcher like,
      boolean padded,
      @Nullable ClockStyle clock,
      TimeUnits units,
      boolean instants,
      NavigableMap<Double, String> zones) {
    this.order = order;
    this.mark = mark(like);
    this.gap = text(like.group("gap"));
    this.padded = padded;
    this.shortYear = like.group("short") != null;
    this.clock = clock;
    this.units = units;
    this.instants = instants;
    this.zones = zones;
  }

  /** Returns a text's parts if it is a date by some order; else null. */
  static @Nullable Matcher parts(String text) {
    Matcher matched = DATE.matcher(text);
    if (!matched.matches()) {
      return null;
    }
    for (Order order : Order.values()) {
      if (moment(matched, order) != null) {
        return matched;
      }
    }
    return null;
  }

  /** Finds the format that all texts are in; null: there is none. */
  static @Nullable DateFormat of(List<String> texts) {
    Matcher like = parts(texts.get(0).trim());
    if (like == null) {
      return null;
    }
    // 01/02/2026 is mostly January's, 01.02.2026 February's
    List<Order> orders =
        like.group("first") != null
            ? List.of(Order.YEAR)
            : mark(like).equals("/")
                ? List.of(Order.MONTH, Order.DAY)
                : List.of(Order.DAY, Order.MONTH);
    for (Order order : orders) {
      DateFormat format = of(texts, like, order);
      if (format != null) {
        return format;
      }
    }
    return null;
  }

  private static @Nullable DateFormat of(List<String> texts, Matcher like, Order order) {
    ClockStyle clock = new ClockStyle();
    boolean timed = like.group("hour") != null;
    boolean padded = true;
    Moment[] moments = new Moment[texts.size()];
    String[] zoneOf = new String[moments.length];
    Set<String> zones = new HashSet<>();
    for (int i = 0; i < moments.length; i++) {
      Matcher matched = DATE.matcher(texts.get(i).trim());
      Moment moment = matched.matches() && isLike(matched, like) ? moment(matched, order) : null;
      if (moment == null) {
        return null;
      }
      if (timed) {
        clock.add(matched);
      }
      padded &= middle(matched).length() > 1 && day(matched).length() > 1;
      moments[i] = moment;
      zoneOf[i] = text(matched.group("zone"));
      zones.add(zoneOf[i]);
    }
    if (clock.isMixed()) {
      return null;
    }
    boolean instants = zones.size() > 1;
    long[] seconds = new long[moments.length];
    int[] nanos = new int[moments.length];
    for (int i = 0; i < moments.length; i++) {
      seconds[i] = moments[i].second() - (instants ? moments[i].offset() : 0);
      nanos[i] = moments[i].nano();
    }
    TimeUnits units = TimeUnits.of(seconds, nanos);
    NavigableMap<Double, String> zoneAt = new TreeMap<>();
    for (int i = 0; i < (instants ? moments.length : 1); i++) {
      zoneAt.put(units.read(seconds[i], nanos[i]), zoneOf[i]);
    }
    return new DateFormat(order, like, padded, timed ? clock : null, units, instants, zoneAt);
  }

  private static boolean isLike(Matcher matched, Matcher like) {
    return (matched.group("first") == null) == (like.group("first") == null)
        && (matched.group("short") == null) == (like.group("short") == null)
        && (matched.group("hour") == null) == (like.group("hour") == null)
        && mark(matched).equals(mark(like))
        && text(matched.group("gap")).equals(text(like.group("gap")));
  }

  private static @Nullable Moment moment(Matcher matched, Order order) {
    boolean yearFirst = matched.group("first") != null;
    if (yearFirst != (order == Order.YEAR)) {
      return null;
    }
    String year = matched.group(yearFirst ? "first" : "year");
    int number = Integer.parseInt(year == null ? matched.group("short") : year);
    if (year == null) {
      number += number > LAST_OF_2000 ? 1_900 : 2_000;
    }
    int one = Integer.parseInt(middle(matched));
    int two = Integer.parseInt(day(matched));
    boolean dayFirst = order == Order.DAY;
    long second;
    try {
      second = LocalDate.of(number, dayFirst ? two : one, dayFirst ? one : two).toEpochDay() * DAY;
    } catch (DateTimeException e) {
      return null;
    }
    if (matched.group("hour") == null) {
      return new Moment(second, 0, 0);
    }
    ClockStyle.Time time = ClockStyle.read(matched);
    if (time == null || time.second() >= DAY || matched.group("hour").length() > 2) {
      return null;
    }
    return new Moment(second + time.second(), time.nano(), offset(matched.group("zone")));
  }

  /** Returns the month, or what stands first of day and month. */
  private static String middle(Matcher matched) {
    String month = matched.group("second");
    return month == null ? matched.group("one") : month;
  }

  /** Returns the day, or what stands second of day and month. */
  private static String day(Matcher matched) {
    for (String name : List.of("third", "two")) {
      String found = matched.group(name);
      if (found != null) {
        return found;
      }
    }
    return matched.group("other");
  }

  private static String mark(Matcher matched) {
    String first = matched.group("mark");
    String other = matched.group("dot");
    return first != null ? first : other != null ? other : "/";
  }

  private static int offset(@Nullable String zone) {
    String digits = text(zone).replaceAll("[^-+\\d]", "");
    if (digits.isEmpty()) {
      return 0;
    }
    int hours = Integer.parseInt(digits.substring(1, 3));
    int minutes = digits.length() > 3 ? Integer.parseInt(digits.substring(3)) : 0;
    return (digits.charAt(0) == '-' ? -60 : 60) * (60 * hours + minutes);
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** Returns the column's units since 1970. */
  @Override
  public double read(String text) {
    Matcher matched = DATE.matcher(text);
    Moment moment = matched.matches() ? moment(matched, order) : null;
    return moment == null
        ? Double.NaN
        : units.read(moment.second() - (instants ? moment.offset() : 0), moment.nano());
  }

  @Override
  public String write(double value) {
    Map.Entry<Double, String> before = zones.floorEntry(value);
    String zone = (before == null ? zones.firstEntry() : before).getValue();
    long second = units.second(value) + (instants ? offset(zone) : 0);
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(second, DAY));
    String year =
        shortYear
            ? "%02d".formatted(Math.floorMod(date.getYear(), 100))
            : "%04d".formatted(date.getYear());
    String month = (padded ? "%02d" : "%d").formatted(date.getMonthValue());
    String day = (padded ? "%02d" : "%d").formatted(date.getDayOfMonth());
    String text = ordered(year, month, day);
    return clock == null
        ? text
        : text + gap + clock.write(Math.floorMod(second, DAY), units.nano(value)) + zone;
  }

  private String ordered(String year, String month, String day) {
    return String.join(
        mark,
        order == Order.YEAR
            ? List.of(year, month, day)
            : order == Order.MONTH ? List.of(month, day, year) : List.of(day, month, year));
  }

  @Override
  public String shown() {
    String date = ordered(shortYear ? "yy" : "yyyy", padded ? "MM" : "M", padded ? "dd" : "d");
    Set<String> all = new HashSet<>(zones.values());
    String zone = all.size() == 1 ? all.iterator().next() : " and offset";
    return clock == null ? date : date + gap + clock.shown() + zone;
  }
}
