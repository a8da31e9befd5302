package dev.eddy.cli.synthesize.report;

import java.util.Locale;

/** Writes one SVG picture. What it looks like is said by classes, in the page's style. */
final class Svg {
  private final StringBuilder text = new StringBuilder();

  /**
   * Begins a picture that is as wide as its place.
   *
   * @param label what is to be seen, for those who cannot
   */
  Svg(double width, double height, String label) {
    text.append(
        "<svg viewBox=\"0 0 %s %s\" role=\"img\" aria-label=\"%s\">"
            .formatted(number(width), number(height), escape(label)));
  }

  /** Adds a rectangle; a title shows when one points at it. */
  Svg rectangle(String style, double x, double y, double width, double height, String title) {
    text.append(
        "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\">%s</rect>"
            .formatted(
                style,
                number(x),
                number(y),
                number(width),
                number(Math.max(0, height)),
                title(title)));
    return this;
  }

  /** Adds a rectangle of a colour of its own. */
  Svg cell(String fill, double x, double y, double size, String title) {
    text.append(
        "<rect style=\"fill:%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\">%s</rect>"
            .formatted(fill, number(x), number(y), number(size), number(size), title(title)));
    return this;
  }

  /** Adds a line through points; x and y alternate. */
  Svg line(String style, double... points) {
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < points.length; i += 2) {
      list.append(number(points[i])).append(',').append(number(points[i + 1])).append(' ');
    }
    text.append("<polyline class=\"%s\" points=\"%s\"/>".formatted(style, list.toString().strip()));
    return this;
  }

  /** Adds a dot. */
  Svg dot(String style, double x, double y, double radius) {
    text.append(
        "<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"%s\"/>"
            .formatted(style, number(x), number(y), number(radius)));
    return this;
  }

  /**
   * Adds a text.
   *
   * @param anchor start, middle or end
   */
  Svg text(String anchor, double x, double y, String content) {
    text.append(
        "<text text-anchor=\"%s\" x=\"%s\" y=\"%s\">%s</text>"
            .formatted(anchor, number(x), number(y), escape(content)));
    return this;
  }

  /** Adds a text that stands upright, read from below. */
  Svg uprightText(double x, double y, String content) {
    text.append(
        "<text text-anchor=\"start\" transform=\"translate(%s %s) rotate(-90)\">%s</text>"
            .formatted(number(x), number(y), escape(content)));
    return this;
  }

  private static String title(String title) {
    return title.isEmpty() ? "" : "<title>" + escape(title) + "</title>";
  }

  /** Ends the picture and returns it. */
  String end() {
    return text.append("</svg>").toString();
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  /** Makes a text safe in HTML and in its attributes. */
  static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> {
                  if (c >= ' ' || c == '\n') {
                    safe.appendCodePoint(c);
                  }
                }
              }
            });
    return safe.toString();
  }

  /** Shortens a text. */
  static String shortened(String text, int most) {
    return text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
  }
}
