package dev.eddy.event;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the values of one field look like: gathered row by row, in bounded memory. */
final class ColumnProfile {
  private static final int MOST_DISTINCT = 10_000;
  private static final int FEW_ROWS = 20;

  private static final Set<String> LABELS =
      Set.of("label", "labels", "class", "target", "anomaly", "is_anomaly", "outlier", "attack");
  private static final Pattern TIME =
      Pattern.compile("(.*[_.-])?(ts|time|timestamp|date|datetime)([_.-].*)?");
  private static final Pattern ENTITY =
      Pattern.compile(
          "(.*[_.-])?(host|hostname|device|sensor|machine|entity|node|instance|user|customer|account|asset|series)"
              + "([_.-]?(id|name|no))?");
  private static final Pattern IDENTIFIER =
      Pattern.compile("(.*[_.-])?(id|uuid|guid|index|row|key|seq|sequence)");

  private static final Pattern WRITTEN_NUMBER =
      Pattern.compile(
          "\\s*([-+(]?[$€£¥]\\s?-?[\\d.,]+\\)?|[-+]?[\\d.,]+\\s?[%$€£¥]"
              + "|[-+]?\\d{1,3}(,\\d{3})+(\\.\\d+)?)\\s*");
  private static final Pattern HEXADECIMAL = Pattern.compile("\\s*0[xX][0-9a-fA-F]+\\s*");

  /** Fewer numbers with a sign are categories, such as rates of a tax. */
  private static final int MANY_WRITTEN = 20;

  private static final int DATES_PER_OTHER = 49; // as many as numbers per text among them

  private final String name;
  private final DistinctTexts texts;
  private final TextsAmongNumbers numbers = new TextsAmongNumbers();
  private final Set<String> missingWords = new HashSet<>();
  private final Set<DateNotation> notations = EnumSet.allOf(DateNotation.class);
  private int known;
  private int missing;
  private int written;
  private int hexadecimal;
  private int dates;
  private int times;
  private int whole;
  private int rises;
  private int longest;
  private int nested;
  private double last = Double.NaN;

  ColumnProfile(String name, DistinctTexts.Room room) {
    this.name = name;
    this.texts = new DistinctTexts(MOST_DISTINCT, room);
  }

  /**
   * Looks at the next value.
   *
   * @param line where it stands, for messages
   * @param value null: missing
   */
  void add(long line, @Nullable Object value) {
    if (value == null) {
      return;
    }
    known++;
    if (value instanceof Map || value instanceof Iterable) {
      nested++;
      return;
    }
    String text = value.toString();
    longest = Math.max(longest, text.length());
    texts.add(text);
    numbers.add(line, text);
    if (ValueText.isMissing(text)) {
      missing++;
      missingWords.add(text);
    }
    written += WRITTEN_NUMBER.matcher(text).matches() ? 1 : 0;
    hexadecimal += HEXADECIMAL.matcher(text).matches() ? 1 : 0;
    if (ValueText.timestampMillis(text) != ValueText.NO_TIMESTAMP) {
      times++;
    }
    double number = ValueText.number(text);
    if (!Double.isNaN(number)) {
      whole += number == Math.rint(number) ? 1 : 0;
      rises += number > last ? 1 : 0;
      last = number;
    } else {
      addDate(text);
    }
  }

  private void addDate(String text) {
    List<DateNotation> readings = DateNotation.of(text);
    if (!readings.isEmpty()) {
      dates++;
      notations.retainAll(readings);
    }
  }

  String name() {
    return name;
  }

  /** Returns the distinct values seen, of the first ten thousand. */
  Set<String> values() {
    return texts.counts().keySet();
  }

  /** Returns the class that comes most often. */
  String mostFrequent() {
    return texts.counts().entrySet().stream()
        .filter(entry -> !ValueText.isMissingClass(entry.getKey()))
        .max(
            Map.Entry.<String, Integer>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
        .map(Map.Entry::getKey)
        .orElse("normal");
  }

  /** Nearly all values are numbers; the others are words for a missing one, or slips. */
  boolean isNumber() {
    return nested == 0 && numbers.isNumber();
  }

  /** Returns the texts that a column of numbers holds besides, in words; null: none. */
  @Nullable String slips() {
    return isNumber() ? numbers.slips() : null;
  }

  /** Values that are there; a word for a missing one is a value where texts are. */
  private int there() {
    return isNumber() ? known - missing : known;
  }

  private int distinct() {
    return isNumber() ? texts.size() - missingWords.size() : texts.size();
  }

  /** All values read as times, and they are texts, or numbers of this century by a time's name. */
  boolean looksLikeTimestamp() {
    if (known == 0 || times < there()) {
      return false;
    }
    boolean recent = last >= 1e9;
    return numbers.numbers() == 0 || (isNumber() && recent && TIME.matcher(lower()).matches());
  }

  /** The name says so, and the values come again. */
  boolean looksLikeEntity() {
    boolean again = texts.size() <= Math.max(1, texts.counted() / 5);
    return known > 0 && nested == 0 && again && ENTITY.matcher(lower()).matches();
  }

  /** Returns why this should be no feature; null: it should be one. */
  @Nullable String reasonToLeaveOut() {
    if (known == missing) {
      return "always missing";
    }
    if (nested > 0) {
      return "holds nested values";
    }
    if (LABELS.contains(lower())) {
      return "looks like a label, which detection must not see; ask for it by name to use it";
    }
    if (distinct() == 1) {
      return "always the same";
    }
    if (looksLikeTimestamp()) {
      return "looks like a time";
    }
    return isNumber() ? reasonToLeaveOutNumber() : reasonToLeaveOutText();
  }

  private @Nullable String reasonToLeaveOutNumber() {
    boolean enough = there() >= FEW_ROWS;
    boolean unique = distinct() >= Math.min(texts.counted() - missing, MOST_DISTINCT);
    if (enough && unique && whole == there()) {
      if (rises >= there() - 1) {
        return "rises with each row: a counter or an identifier";
      }
      if (IDENTIFIER.matcher(lower()).matches()) {
        return "looks like an identifier";
      }
    }
    return null;
  }

  private @Nullable String reasonToLeaveOutText() {
    if (longest > EventBuilder.MAXIMUM_TEXT) {
      return "longer than a category may be";
    }
    int values = known - missing;
    if (dates > 0 && dates >= DATES_PER_OTHER * (values - dates)) {
      return reasonToLeaveOutDates();
    }
    boolean mostlyOnce = known >= FEW_ROWS && texts.size() > texts.counted() / 2;
    if ((mostlyOnce || (hexadecimal == 0 && texts.size() > MANY_WRITTEN))
        && written + hexadecimal > 0
        && numbers.numbers() + written + hexadecimal == values) {
      return "numbers with a sign, grouped or hexadecimal; write them plainly to use them";
    }
    if (numbers.numbers() > 0 && texts.size() > 100) {
      return "mixes numbers and texts";
    }
    if (mostlyOnce) {
      return "looks like an identifier or free text: most values come once";
    }
    return null;
  }

  private String reasonToLeaveOutDates() {
    if (notations.size() == 1 && notations.contains(DateNotation.YEAR_FIRST)) {
      return "looks like a date";
    }
    return "looks like a date, as %s; write it as 2026-12-31 12:30 to use it as the time"
        .formatted(
            notations.isEmpty()
                ? "several notations"
                : notations.stream().map(DateNotation::shown).collect(Collectors.joining(" or ")));
  }

  private String lower() {
    return name.toLowerCase(Locale.ROOT);
  }
}
