package dev.eddy.cli.synthesize;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A column's way to write numbers: what stands before and behind them, between thousands and before
 * decimals, and how many digits there are. Numbers are written with no more digits than the source
 * has. Whole numbers too large for a double are learnt from the smallest one on.
 */
final class NumberStyle {
  private static final double MOST_EXACT = 1L << 53;
  private static final int LONGEST = 40;
  private static final String UNIT =
      "%|‰|°[CF]?|x|[numkMGT]?s|min|h|[nµumck]?m|[mk]?g|[kKMGT]i?B|[kKMGT]?bit|[kM]?W|k?Wh|[mk]?V";

  /** Plain or scientific, perhaps without the zero before the decimal point. */
  private static final Pattern SIMPLE =
      Pattern.compile("-?((0|[1-9]\\d*)?\\.\\d+|0|[1-9]\\d*)([eE][-+]?\\d{1,4})?");

  private static final Pattern ADORNED =
      Pattern.compile(
          "(?<minus>-)?(?<open>\\()?(?<prefix>[A-Z]{0,3}\\p{Sc} ?|[A-Z]{3} )?(?<inner>-)?"
              + "(?<core>\\d(?:[\\d.,' \\u00a0\\u202f]*\\d)?)"
              + "(?<suffix>[ \\u00a0\\u202f]?(?:\\p{Sc}|[A-Z]{3}|"
              + UNIT
              + ")|[ \\u00a0\\u202f][\\p{L}µ°%/²³]{1,10})?(?<close>\\))?");

  private enum Minus {
    FIRST,
    INNER,
    BRACKETS
  }

  private final String prefix;
  private final String suffix;
  private final Minus minus;
  private final Separators separators;
  private final NumberDigits digits;
  private final BigInteger base;

  private NumberStyle(
      String prefix,
      String suffix,
      Minus minus,
      Separators separators,
      NumberDigits digits,
      BigInteger base) {
    this.prefix = prefix;
    this.suffix = suffix;
    this.minus = minus;
    this.separators = separators;
    this.digits = digits;
    this.base = base;
  }

  /** Returns whether a text is a number as programs write it: no code with zeros before it. */
  static boolean isSimple(String text) {
    return SIMPLE.matcher(text).matches();
  }

  /**
   * Returns whether a text is a number as people write it: with a currency, a percent sign, a unit,
   * or separators of thousands.
   */
  static boolean isAdorned(String text) {
    if (text.length() > LONGEST) {
      return false;
    }
    Matcher matched = ADORNED.matcher(text);
    return matched.matches()
        && isKnown(matched)
        && (matched.group("open") == null) == (matched.group("close") == null)
        && Separators.ALL.stream()
            .anyMatch(s -> s.pattern().matcher(matched.group("core")).matches());
  }

  private static boolean isKnown(Matcher matched) {
    return isCurrency(text(matched.group("prefix")).trim())
        && isCurrency(text(matched.group("suffix")));
  }

  /** Returns false for three capitals that are no currency: with the number they make a code. */
  private static boolean isCurrency(String affix) {
    return affix.length() != 3
        || !affix.chars().allMatch(c -> c >= 'A' && c <= 'Z')
        || Codes.ALL.contains(affix);
  }

  /** The currencies by ISO 4217; found out when first asked for. */
  private static final class Codes {
    static final Set<String> ALL =
        Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Finds the style of all texts; null: there is no one. */
  static @Nullable NumberStyle of(Collection<String> texts) {
    if (texts.stream().allMatch(text -> isSimple(text.trim()))) {
      NumberDigits digits = new NumberDigits();
      texts.forEach(text -> digits.add(text.trim()));
      return new NumberStyle("", "", Minus.FIRST, Separators.PLAIN, digits, base(texts, digits));
    }
    return adorned(texts);
  }

  /** Returns the smallest of whole numbers of which some are too large; else 0. */
  private static BigInteger base(Collection<String> texts, NumberDigits digits) {
    if (!digits.areWhole()) {
      return BigInteger.ZERO;
    }
    BigInteger smallest = null;
    boolean exact = true;
    for (String text : texts) {
      BigInteger value = new BigInteger(text.trim());
      smallest = smallest == null ? value : smallest.min(value);
      exact &= Math.abs(value.doubleValue()) < MOST_EXACT;
    }
    return exact || smallest == null ? BigInteger.ZERO : smallest;
  }

  private static @Nullable NumberStyle adorned(Collection<String> texts) {
    String prefix = null;
    String suffix = "";
    Minus minus = Minus.FIRST;
    List<Separators> left = Separators.ALL;
    for (String text : texts) {
      Matcher matched = ADORNED.matcher(text.trim());
      if (text.length() > LONGEST
          || !matched.matches()
          || !isKnown(matched)
          || (matched.group("open") == null) != (matched.group("close") == null)) {
        return null;
      }
      boolean first = prefix == null;
      prefix = first ? text(matched.group("prefix")) : prefix;
      suffix = first ? text(matched.group("suffix")) : suffix;
      if (!text(matched.group("prefix")).equals(prefix)
          || !text(matched.group("suffix")).equals(suffix)) {
        return null;
      }
      minus =
          matched.group("open") != null
              ? Minus.BRACKETS
              : matched.group("inner") != null ? Minus.INNER : minus;
      String core = matched.group("core");
      left = left.stream().filter(s -> s.pattern().matcher(core).matches()).toList();
    }
    if (left.isEmpty() || prefix == null) {
      return null;
    }
    NumberDigits digits = new NumberDigits();
    NumberStyle style =
        new NumberStyle(prefix, suffix, minus, left.get(0), digits, BigInteger.ZERO);
    texts.forEach(text -> digits.add(style.plain(text.trim())));
    return style;
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** Returns a number as programs write it. */
  private String plain(String text) {
    Matcher matched = ADORNED.matcher(text);
    if (!matched.matches()) {
      return text;
    }
    boolean negative =
        matched.group("minus") != null
            || matched.group("inner") != null
            || matched.group("open") != null;
    return (negative ? "-" : "") + separators.plain(matched.group("core"));
  }

  /** Returns what is learnt of a text; NaN if it is no such number. */
  double read(String text) {
    String trimmed = text.trim();
    String plain = isSimple(trimmed) && isBare() ? trimmed : plain(trimmed);
    try {
      return base.signum() == 0
          ? Double.parseDouble(plain)
          : new BigInteger(plain).subtract(base).doubleValue();
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** Returns whether numbers stand as programs write them. */
  boolean isBare() {
    return prefix.isEmpty()
        && suffix.isEmpty()
        && minus == Minus.FIRST
        && separators.equals(Separators.PLAIN);
  }

  /** Writes what {@link #read} gave. */
  String write(double value) {
    if (base.signum() != 0) {
      return new BigDecimal(Math.rint(value)).toBigInteger().add(base).toString();
    }
    String text = digits.write(value);
    if (isBare()) {
      return text;
    }
    boolean negative = text.startsWith("-");
    String core = separators.adorned(negative ? text.substring(1) : text);
    if (!negative) {
      return prefix + core + suffix;
    }
    return switch (minus) {
      case FIRST -> "-" + prefix + core + suffix;
      case INNER -> prefix + "-" + core + suffix;
      case BRACKETS -> "(" + prefix + core + suffix + ")";
    };
  }

  /** Returns the style for people. */
  String shown() {
    if (isBare()) {
      return digits.shown();
    }
    return digits.shown() + ", written as " + write(digits.example());
  }
}
