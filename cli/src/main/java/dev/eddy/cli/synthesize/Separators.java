package dev.eddy.cli.synthesize;

import java.util.List;
import java.util.regex.Pattern;

/** What stands between thousands and before decimals. */
record Separators(char thousands, char decimal) {
  private static final char NONE = 0;

  /** All that are read, the likeliest first. */
  static final List<Separators> ALL =
      List.of(
          new Separators(NONE, '.'),
          new Separators(',', '.'),
          new Separators('.', ','),
          new Separators(' ', '.'),
          new Separators(' ', ','),
          new Separators('\'', '.'),
          new Separators('\'', ','),
          new Separators('\u00a0', ','),
          new Separators('\u00a0', '.'),
          new Separators('\u202f', ','),
          new Separators('\u202f', '.'),
          new Separators(NONE, ','));

  /** As programs write numbers. */
  static final Separators PLAIN = ALL.get(0);

  /** Returns what numbers look like, without a sign. */
  Pattern pattern() {
    String point = Pattern.quote(String.valueOf(decimal));
    String whole =
        thousands == NONE
            ? "(0|[1-9]\\d*)"
            : "(0|[1-9]\\d{0,2}(" + Pattern.quote(String.valueOf(thousands)) + "\\d{3})*)";
    return Pattern.compile(whole + "(" + point + "\\d+)?");
  }

  /** Returns a number as programs write it. */
  String plain(String core) {
    String text = thousands == NONE ? core : core.replace(String.valueOf(thousands), "");
    return text.replace(decimal, '.');
  }

  /** Returns a number that programs wrote with these separators. */
  String adorned(String plain) {
    int point = plain.indexOf('.') < 0 ? plain.length() : plain.indexOf('.');
    StringBuilder text = new StringBuilder(plain);
    if (point < plain.length()) {
      text.setCharAt(point, decimal);
    }
    for (int place = point - 3; place > 0 && thousands != NONE; place -= 3) {
      text.insert(place, thousands);
    }
    return text.toString();
  }
}
