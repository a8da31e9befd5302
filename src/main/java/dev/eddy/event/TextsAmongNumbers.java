package dev.eddy.event;

import org.jspecify.annotations.Nullable;

/**
 * Tells a column of numbers with a few slips in it from a column of codes, some of which read as
 * numbers: of a column of numbers at least 98 of 100 values are. Words for a missing value are
 * neither. Gathered value by value.
 */
public final class TextsAmongNumbers {
  private static final int LARGEST_SHARE = 50; // one text in so many values
  private static final int LONGEST_SHOWN = 40;

  private long numbers;
  private long texts;
  private long firstLine;
  private String first = "";

  /** Starts with no values. */
  public TextsAmongNumbers() {}

  /** Looks at the next value. */
  public void add(long line, String text) {
    if (!Double.isNaN(ValueText.number(text))) {
      numbers++;
    } else if (!ValueText.isMissing(text)) {
      if (texts++ == 0) {
        firstLine = line;
        first = shown(text);
      }
    }
  }

  /** Returns how many values are numbers. */
  long numbers() {
    return numbers;
  }

  /** Returns whether the column is one of numbers, with slips or without. */
  boolean isNumber() {
    return numbers > 0 && texts * LARGEST_SHARE <= numbers + texts;
  }

  /**
   * Returns what a column of numbers holds besides, in words; null if it holds nothing else, or is
   * none.
   */
  public @Nullable String slips() {
    if (texts == 0 || !isNumber()) {
      return null;
    }
    return "%,d of %,d values are text, the first of them \"%s\" in line %d"
        .formatted(texts, numbers + texts, first, firstLine);
  }

  /** Returns a value for a message: its beginning, on one line. */
  public static String shown(String text) {
    String line = text.strip().replaceAll("\\p{Cntrl}", " ");
    return line.length() <= LONGEST_SHOWN ? line : line.substring(0, LONGEST_SHOWN) + "...";
  }
}
