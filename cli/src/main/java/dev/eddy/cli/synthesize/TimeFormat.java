package dev.eddy.cli.synthesize;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A column's way to write dates, times of day or durations: read and written back alike. */
interface TimeFormat {
  /** Longest text that is looked at; all that is read is shorter. */
  int LONGEST = 48;

  /** Dates and times that are not read, but must not be taken for identifiers either. */
  Pattern UNREAD =
      Pattern.compile(
          "(?i)\\d{4}([-/.])\\d{1,2}\\1\\d{1,2}\\D.*|\\d{1,2}([-/.])\\d{1,2}\\2\\d{4}\\D.*"
              + "|-?\\d+ days?,? .*\\d:\\d{2}.*"
              + "|-?P(?=.*\\d)(\\d+[YMWD])*(T?(\\d+(\\.\\d+)?[HMS])*)"
              + "|([a-z]+,? )?\\d{1,2}[ /-](jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
              + "[ /-]\\d{2,4}.*"
              + "|([a-z]+,? )?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.? \\d{1,2}"
              + "[, ].*\\d{2}.*");

  /** Returns the number that stands for a text; NaN if it is in another format. */
  double read(String text);

  /** Writes what {@link #read} gave. */
  String write(double value);

  /** Returns the pattern for people. */
  String shown();

  /** Returns whether a text looks like a date, a time of day or a duration. */
  static boolean looksLikeOne(String text) {
    String trimmed = text.trim();
    if (trimmed.length() > LONGEST || trimmed.length() < 4) {
      return false;
    }
    return DateFormat.parts(trimmed) != null
        || ClockFormat.isOne(trimmed)
        || UNREAD.matcher(trimmed).matches();
  }

  /** Finds the format that all texts are in; null: there is none. */
  static @Nullable TimeFormat of(List<String> texts) {
    if (texts.isEmpty()) {
      return null;
    }
    TimeFormat dates = DateFormat.of(texts);
    return dates != null ? dates : ClockFormat.of(texts);
  }
}
