package dev.eddy.event;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of comma-separated values (RFC 4180): exactly one, which is what a record holds. The CSV
 * library that reads files takes the first of several lines here and does not tell.
 */
public final class CsvLine {
  private CsvLine() {}

  /** Splits a line, with or without its end; null if it is none, or more than one. */
  static @Nullable List<String> split(String line) {
    List<String> texts = new ArrayList<>();
    int length = line.length();
    int at = 0;
    while (true) {
      if (at < length && line.charAt(at) == '"') {
        at = quoted(line, at + 1, texts);
      } else {
        int start = at;
        while (at < length && !ends(line.charAt(at))) {
          at++;
        }
        texts.add(line.substring(start, at));
      }
      if (at < 0 || at >= length || line.charAt(at) != ',') {
        return at >= 0 && length > 0 && isEnd(line, at) ? texts : null;
      }
      at++;
    }
  }

  /** Reads up to the closing quote; returns the place behind it, or -1 if there is none. */
  private static int quoted(String line, int start, List<String> texts) {
    StringBuilder text = new StringBuilder();
    for (int at = start; at < line.length(); at++) {
      char c = line.charAt(at);
      if (c != '"') {
        text.append(c);
      } else if (at + 1 < line.length() && line.charAt(at + 1) == '"') {
        text.append(c);
        at++;
      } else {
        texts.add(text.toString());
        return at + 1;
      }
    }
    return -1;
  }

  private static boolean ends(char c) {
    return c == ',' || c == '\n' || c == '\r';
  }

  /** Returns whether nothing but the line's end stands from here on. */
  private static boolean isEnd(String line, int at) {
    int rest = line.length() - at;
    boolean crlf = rest == 2 && line.charAt(at) == '\r' && line.charAt(at + 1) == '\n';
    return rest == 0 || crlf || (rest == 1 && line.charAt(at) == '\n');
  }

  /** Joins values to a line without its end; null is an empty value. */
  public static String join(List<@Nullable String> texts) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i);
      line.append(i > 0 ? "," : "").append(text == null ? "" : quote(text));
    }
    return line.toString();
  }

  private static String quote(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
