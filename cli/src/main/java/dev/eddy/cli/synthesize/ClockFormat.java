package dev.eddy.cli.synthesize;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Times of day such as {@code 07:21} and {@code 1:30 PM}, and durations such as {@code 0:12:33}.
 */
final class ClockFormat implements TimeFormat {
  private static final long DAY = 86_400;
  private static final Pattern CLOCK =
      Pattern.compile("(?<sign>-)?(?:(?<days>\\d{1,6}) days )?" + ClockStyle.PATTERN);

  private final ClockStyle style;
  private final TimeUnits units;
  private final boolean days;
  private final boolean signed;

  private ClockFormat(ClockStyle style, TimeUnits units, boolean days, boolean signed) {
    this.style = style;
    this.units = units;
    this.days = days;
    this.signed = signed;
  }

  static boolean isOne(String text) {
    Matcher matched = CLOCK.matcher(text);
    return matched.matches() && ClockStyle.read(matched) != null;
  }

  /** Finds the format that all texts are in; null: there is none. */
  static @Nullable ClockFormat of(List<String> texts) {
    ClockStyle style = new ClockStyle();
    long[] seconds = new long[texts.size()];
    int[] nanos = new int[texts.size()];
    boolean signed = false;
    int withDays = 0;
    for (int i = 0; i < seconds.length; i++) {
      Matcher matched = CLOCK.matcher(texts.get(i).trim());
      ClockStyle.Time time = matched.matches() ? ClockStyle.read(matched) : null;
      if (time == null) {
        return null;
      }
      style.add(matched);
      seconds[i] = time.second();
      nanos[i] = time.nano();
      signed |= matched.group("sign") != null;
      withDays += matched.group("days") == null ? 0 : 1;
    }
    if (style.isMixed() || (withDays > 0 && withDays < seconds.length)) {
      return null;
    }
    return new ClockFormat(style, TimeUnits.of(seconds, nanos), withDays > 0, signed);
  }

  @Override
  public double read(String text) {
    Matcher matched = CLOCK.matcher(text);
    ClockStyle.Time time = matched.matches() ? ClockStyle.read(matched) : null;
    if (time == null) {
      return Double.NaN;
    }
    String day = matched.group("days");
    double value =
        units.read(time.second() + (day == null ? 0 : DAY * Long.parseLong(day)), time.nano());
    return matched.group("sign") == null ? value : -value;
  }

  @Override
  public String write(double value) {
    boolean negative = signed && Math.round(value) < 0;
    double size = Math.max(0, negative ? -value : value);
    long second = units.second(size);
    String sign = negative ? "-" : "";
    if (days) {
      return "%s%d days %s"
          .formatted(sign, second / DAY, style.write(second % DAY, units.nano(size)));
    }
    return sign
        + style.write(style.isTimeOfDay() ? Math.min(second, DAY - 1) : second, units.nano(size));
  }

  @Override
  public String shown() {
    return (days ? "D days " : "") + style.shown();
  }
}
