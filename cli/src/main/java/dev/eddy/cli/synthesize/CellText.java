package dev.eddy.cli.synthesize;

import java.math.BigDecimal;

/** Values of rows as texts. */
final class CellText {
  private static final int LOWEST_PLAIN = -5;
  private static final int HIGHEST_PLAIN = 16;

  private CellText() {}

  /**
   * Returns a value as text. Of JSON's numbers with decimals only the number is known: they come as
   * most programs write them, with an exponent only where they are very small or very large.
   */
  static String of(Object value) {
    if (!(value instanceof Double number) || number.isNaN() || number.isInfinite()) {
      return value.toString();
    }
    BigDecimal exact = BigDecimal.valueOf(number).stripTrailingZeros();
    int exponent = exact.precision() - exact.scale() - 1;
    if (number == 0 || (exponent > LOWEST_PLAIN && exponent < HIGHEST_PLAIN)) {
      return exact.setScale(Math.max(1, exact.scale())).toPlainString();
    }
    return exact.movePointLeft(exponent).toPlainString()
        + (exponent < 0 ? "e-" : "e+")
        + (Math.abs(exponent) < 10 ? "0" : "")
        + Math.abs(exponent);
  }
}
