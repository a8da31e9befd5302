package dev.eddy.stream.alert;

import dev.eddy.scoring.Contribution;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The sentence that the engineer on call reads first: {@code host-1: disk_write_bytes is
 * 81,200,000, expected 210,000; load1 is 7.1, expected 0.9}.
 */
final class AlertSummary {
  private static final int FIELDS = 3;

  /** Fields below this share are noise beside the first. */
  private static final double LEAST_SHARE = 0.1;

  private static final MathContext DIGITS = new MathContext(3, RoundingMode.HALF_UP);

  private AlertSummary() {}

  /** Names the fields that count most, with what was found and what was expected. */
  static String of(String entity, List<Contribution> contributions) {
    if (contributions.isEmpty()) {
      return entity + ": unusual, but no single field says why";
    }
    Contribution first = contributions.get(0);
    return contributions.stream()
        .filter(c -> c.equals(first) || c.contribution() >= LEAST_SHARE)
        .limit(FIELDS)
        .map(AlertSummary::clause)
        .collect(Collectors.joining("; ", entity + ": ", ""));
  }

  private static String clause(Contribution contribution) {
    String clause = contribution.feature() + " is " + readable(contribution.value());
    return contribution.expected() == null
        ? clause
        : clause + ", expected " + readable(contribution.expected());
  }

  /** Three significant digits and grouped thousands; what is not a number stays as it is. */
  private static String readable(@Nullable String value) {
    if (value == null) {
      return "missing";
    }
    BigDecimal number;
    try {
      number = new BigDecimal(value);
    } catch (NumberFormatException e) {
      return value;
    }
    double magnitude = Math.abs(number.doubleValue());
    if (magnitude != 0 && (magnitude < 1e-4 || magnitude >= 1e15)) {
      return number.round(DIGITS).toString();
    }
    var format = new DecimalFormat("#,##0.######", DecimalFormatSymbols.getInstance(Locale.ROOT));
    return format.format(number.round(DIGITS));
  }
}
