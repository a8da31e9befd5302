package dev.eddy.scoring;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Writes numbers for people: plain decimals without trailing zeros. */
final class NumberText {
  private static final MathContext FOUR_DIGITS = new MathContext(4, RoundingMode.HALF_EVEN);

  private NumberText() {}

  /** Returns a number as it came; null for NaN. */
  static @Nullable String of(double value) {
    return Double.isNaN(value) ? null : plain(BigDecimal.valueOf(value));
  }

  /** Returns a number rounded to four significant digits; NaN stays NaN. */
  static double roundedValue(double value) {
    return Double.isNaN(value) ? value : new BigDecimal(value).round(FOUR_DIGITS).doubleValue();
  }

  private static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }
}
