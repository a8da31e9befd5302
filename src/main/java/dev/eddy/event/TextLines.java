package dev.eddy.event;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a text, of which none may be longer than memory can hold with ease: a file without
 * line breaks is refused, not read whole. Lines end as {@link java.io.BufferedReader} has it.
 */
final class TextLines {
  /** Characters of a line, at most; a value of a CSV file has the same limit. */
  static final int LONGEST = 16 << 20;

  private final String file;
  private final Reader reader;
  private final char[] buffer = new char[1 << 13];
  private int from;
  private int to;
  private long line;
  private boolean afterReturn;

  /**
   * Reads nothing yet.
   *
   * @param file its name, for messages
   */
  TextLines(String file, Reader reader) {
    this.file = file;
    this.reader = reader;
  }

  /** Returns the number of the line that was read last, from 1. */
  long line() {
    return line;
  }

  /**
   * Reads the next line, without its end; null where there is none.
   *
   * @throws TableException if it is longer than {@link #LONGEST}
   */
  @Nullable String next() throws IOException {
    line++;
    StringBuilder text = null;
    while (from < to || fill()) {
      int end = from;
      while (end < to && buffer[end] != '\n' && buffer[end] != '\r') {
        end++;
      }
      if (text == null) {
        text = new StringBuilder(end - from);
      }
      append(text, end);
      if (end < to) {
        from = end + 1;
        afterReturn = buffer[end] == '\r';
        skipSecondHalf();
        return text.toString();
      }
      from = to;
    }
    return text == null ? null : text.toString();
  }

  private void append(StringBuilder text, int end) {
    if (text.length() + end - from > LONGEST) {
      throw new TableException(
          "%s line %d must have at most %,d characters, found more; write one object a line"
              .formatted(file, line, LONGEST));
    }
    text.append(buffer, from, end - from);
  }

  /** Returns whether there is anything left. */
  private boolean fill() throws IOException {
    do {
      from = 0;
      to = Math.max(0, reader.read(buffer, 0, buffer.length));
      skipSecondHalf();
    } while (from == to && to > 0);
    return from < to;
  }

  /** A line may end in two characters, and the second of them may be in the next buffer. */
  private void skipSecondHalf() {
    if (afterReturn && from < to) {
      from += buffer[from] == '\n' ? 1 : 0;
      afterReturn = false;
    }
  }
}
