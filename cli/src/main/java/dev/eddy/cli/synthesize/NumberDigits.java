package dev.eddy.cli.synthesize;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * How many digits the numbers of a column have, and which have an exponent; gathered text by text.
 */
final class NumberDigits {
  private static final int DOUBLE_DIGITS = 17;

  private int fewestDecimals = Integer.MAX_VALUE;
  private int mostDecimals;
  private int significant = 1;
  private int lowest = Integer.MAX_VALUE;
  private int highest = Integer.MIN_VALUE;
  private boolean bareFraction;
  private boolean plain;

  private int fewestMantissa = Integer.MAX_VALUE;
  private int mostMantissa;
  private int fewestExponent = Integer.MAX_VALUE;
  private int scientificLowest = Integer.MAX_VALUE;
  private int scientificHighest = Integer.MIN_VALUE;
  private boolean plus;
  private boolean positive;
  private char letter;

  /** Takes in a number in digits, with a decimal point and perhaps an exponent. */
  void add(String text) {
    int at = Math.max(text.indexOf('e'), text.indexOf('E'));
    if (at < 0) {
      addPlain(text);
    } else {
      addScientific(text, at);
    }
  }

  private void addPlain(String text) {
    int point = text.indexOf('.');
    int decimals = point < 0 ? 0 : text.length() - point - 1;
    fewestDecimals = Math.min(fewestDecimals, decimals);
    mostDecimals = Math.max(mostDecimals, decimals);
    BigDecimal value = new BigDecimal(text);
    significant = Math.max(significant, value.precision());
    bareFraction |= text.startsWith(".") || text.startsWith("-.");
    plain = true;
    if (value.signum() != 0) {
      lowest = Math.min(lowest, exponent(value));
      highest = Math.max(highest, exponent(value));
    }
  }

  private void addScientific(String text, int at) {
    int point = text.indexOf('.');
    int decimals = point < 0 ? 0 : at - point - 1;
    fewestMantissa = Math.min(fewestMantissa, decimals);
    mostMantissa = Math.max(mostMantissa, decimals);
    letter = text.charAt(at);
    char sign = text.charAt(at + 1);
    plus |= sign == '+';
    positive |= sign != '-';
    fewestExponent =
        Math.min(fewestExponent, text.length() - at - (Character.isDigit(sign) ? 1 : 2));
    BigDecimal value = new BigDecimal(text);
    if (value.signum() != 0) {
      scientificLowest = Math.min(scientificLowest, exponent(value));
      scientificHighest = Math.max(scientificHighest, exponent(value));
    }
  }

  /** Returns the exponent that a number has where one digit stands before the point. */
  private static int exponent(BigDecimal value) {
    return value.precision() - value.scale() - 1;
  }

  /** Returns whether all are whole, without an exponent. */
  boolean areWhole() {
    return letter == 0 && mostDecimals == 0;
  }

  /** Returns a number that shows all there is to the style. */
  double example() {
    return highest >= 3 ? 1234.5 : 12.5;
  }

  String write(double value) {
    BigDecimal exact = BigDecimal.valueOf(value);
    return isScientific(exact) ? scientific(exact) : plain(exact);
  }

  private boolean isScientific(BigDecimal value) {
    if (letter == 0 || !plain || value.signum() == 0) {
      return letter != 0 && !plain;
    }
    int exponent = exponent(value);
    // between what is plain and what is not, plain numbers are easier to read
    return (exponent > highest && exponent >= Math.max(scientificLowest, highest))
        || (exponent < lowest && exponent <= scientificHighest);
  }

  private String plain(BigDecimal value) {
    BigDecimal decimal =
        // where all have as many decimals, these are what limits the digits
        (fewestDecimals == mostDecimals ? value : rounded(value, significant))
            .setScale(mostDecimals, RoundingMode.HALF_EVEN);
    String text = trimmed(decimal, fewestDecimals).toPlainString();
    return bareFraction ? text.replaceFirst("^(-?)0\\.", "$1.") : text;
  }

  private String scientific(BigDecimal value) {
    BigDecimal mantissa = BigDecimal.ZERO;
    int exponent = 0;
    if (value.signum() != 0) {
      BigDecimal kept = rounded(value, mostMantissa + 1);
      exponent = exponent(kept);
      mantissa = kept.movePointLeft(exponent);
    }
    String digits =
        trimmed(mantissa.setScale(mostMantissa, RoundingMode.HALF_EVEN), fewestMantissa)
            .toPlainString();
    boolean signed = positive ? plus : fewestExponent > 1;
    String sign = exponent < 0 ? "-" : signed ? "+" : "";
    return digits
        + letter
        + sign
        + String.format(Locale.ROOT, "%0" + fewestExponent + "d", Math.abs(exponent));
  }

  private static BigDecimal rounded(BigDecimal value, int digits) {
    return value.round(new MathContext(Math.min(DOUBLE_DIGITS, digits), RoundingMode.HALF_EVEN));
  }

  private static BigDecimal trimmed(BigDecimal value, int fewest) {
    BigDecimal decimal = value;
    while (decimal.scale() > fewest && decimal.unscaledValue().mod(BigInteger.TEN).signum() == 0) {
      decimal = decimal.setScale(decimal.scale() - 1, RoundingMode.UNNECESSARY);
    }
    return decimal;
  }

  /** Returns for people what there is. */
  String shown() {
    if (letter != 0) {
      return "number with exponents";
    }
    if (mostDecimals == 0) {
      return "whole number";
    }
    return "number with %s decimals"
        .formatted(
            fewestDecimals == mostDecimals
                ? Integer.toString(mostDecimals)
                : fewestDecimals + " to " + mostDecimals);
  }
}
