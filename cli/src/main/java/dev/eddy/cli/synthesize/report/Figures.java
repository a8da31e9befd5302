package dev.eddy.cli.synthesize.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as people read them. */
final class Figures {
  private Figures() {}

  /** Returns three decimals, or a dash where nothing was measured. */
  static String three(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.3f", value) : "–";
  }

  /** Returns a share in per cent. */
  static String percent(double share) {
    return Double.isFinite(share) ? String.format(Locale.ROOT, "%.2f %%", 100 * share) : "–";
  }

  /** Returns a whole number with separators. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Returns a number of any size in few characters. */
  static String brief(double value) {
    double size = Math.abs(value);
    if (size >= 1e15 || (size > 0 && size < 1e-4)) {
      return String.format(Locale.ROOT, "%.1e", value);
    }
    for (int i = UNITS.length - 1; i >= 0; i--) {
      double unit = Math.pow(1_000, i + 1);
      if (size >= 10 * unit || (i > 0 && size >= unit)) {
        return plain(value / unit) + UNITS[i];
      }
    }
    return plain(value);
  }

  private static final String[] UNITS = {"k", "M", "G", "T"};

  private static String plain(double value) {
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(3));
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
