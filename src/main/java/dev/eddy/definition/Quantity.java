package dev.eddy.definition;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Amounts as people write them: {@code 10m}, {@code 20%}, {@code 50 per second}; and back. */
public final class Quantity {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h|d)");
  private static final Pattern RATE =
      Pattern.compile("(\\S+?)\\s*(?:per\\s+|/\\s*)(second|minute|hour|day|week)");
  private static final Map<String, Duration> PERIODS =
      Map.of(
          "second", Duration.ofSeconds(1),
          "minute", Duration.ofMinutes(1),
          "hour", Duration.ofHours(1),
          "day", Duration.ofDays(1),
          "week", Duration.ofDays(7));

  private Quantity() {}

  /** An amount of things in a time. */
  record Rate(double amount, Duration period) {}

  /** Reads {@code 20ms}, {@code 30s}, {@code 10m}, {@code 1h} or {@code 7d}; null: none of them. */
  public static @Nullable Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  /** Writes a duration in the largest unit that leaves no rest. */
  public static String text(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1000;
    if (seconds == 0 || seconds % 60 != 0) {
      return seconds + "s";
    }
    if (seconds % 3600 != 0) {
      return seconds / 60 + "m";
    }
    return seconds % 86_400 != 0 ? seconds / 3600 + "h" : seconds / 86_400 + "d";
  }

  /** Reads {@code 20 per day} or {@code 20/day}; null: not of this form. */
  static @Nullable Rate rate(String text) {
    Matcher matcher = RATE.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    Double amount = number(matcher.group(1));
    Duration period = PERIODS.get(matcher.group(2));
    return amount == null || period == null ? null : new Rate(amount, period);
  }

  /** Writes a rate; a period without a name becomes an amount for each day. */
  static String text(Rate rate) {
    for (Map.Entry<String, Duration> period : PERIODS.entrySet()) {
      if (period.getValue().equals(rate.period())) {
        return text(rate.amount()) + " per " + period.getKey();
      }
    }
    double days = rate.period().toMillis() / (double) Duration.ofDays(1).toMillis();
    return text(rate.amount() / days) + " per day";
  }

  /** Reads {@code 20%} as 0.2; null: no percentage. */
  static @Nullable Double percentage(String text) {
    if (!text.endsWith("%")) {
      return null;
    }
    Double number = number(text.substring(0, text.length() - 1).strip());
    return number == null ? null : BigDecimal.valueOf(number).movePointLeft(2).doubleValue();
  }

  /** Writes a share as a percentage that reads as the very same share. */
  static String percentageText(double share) {
    return text(BigDecimal.valueOf(share).movePointRight(2)) + "%";
  }

  /** Reads a finite number; null: none. */
  static @Nullable Double number(String text) {
    try {
      double value = new BigDecimal(text).doubleValue();
      return Double.isFinite(value) ? value : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** Writes a number without a needless fraction or exponent. */
  static String text(double number) {
    return text(BigDecimal.valueOf(number));
  }

  private static String text(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
