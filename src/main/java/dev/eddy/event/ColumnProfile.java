package dev.eddy.event;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
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

  private final String name;
  private final Map<String, Integer> counts = new HashMap<>();
  private int known;
  private int numbers;
  private int times;
  private int whole;
  private int rises;
  private int longest;
  private int nested;
  private double last = Double.NaN;

  ColumnProfile(String name) {
    this.name = name;
  }

  /** Looks at the next value; null: missing. */
  void add(@Nullable Object value) {
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
    if (counts.size() < MOST_DISTINCT || counts.containsKey(text)) {
      counts.merge(text, 1, Integer::sum);
    }
    if (ValueText.timestampMillis(text) != ValueText.NO_TIMESTAMP) {
      times++;
    }
    double number = ValueText.number(text);
    if (!Double.isNaN(number)) {
      numbers++;
      whole += number == Math.rint(number) ? 1 : 0;
      rises += number > last ? 1 : 0;
      last = number;
    }
  }

  String name() {
    return name;
  }

  /** Returns the distinct values seen, of the first ten thousand. */
  Set<String> values() {
    return counts.keySet();
  }

  String mostFrequent() {
    return counts.entrySet().stream()
        .max(
            Map.Entry.<String, Integer>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
        .map(Map.Entry::getKey)
        .orElse("normal");
  }

  boolean isNumber() {
    return known > 0 && numbers == known;
  }

  /** All values read as times, and they are texts, or numbers of this century by a time's name. */
  boolean looksLikeTimestamp() {
    if (known == 0 || times < known) {
      return false;
    }
    boolean recent = last >= 1e9;
    return numbers == 0 || (isNumber() && recent && TIME.matcher(lower()).matches());
  }

  /** The name says so, and the values come again. */
  boolean looksLikeEntity() {
    boolean again = counts.size() <= Math.max(1, known / 5);
    return known > 0 && nested == 0 && again && ENTITY.matcher(lower()).matches();
  }

  /** Returns why this should be no feature; null: it should be one. */
  @Nullable String reasonToLeaveOut() {
    if (known == 0) {
      return "always missing";
    }
    if (nested > 0) {
      return "holds nested values";
    }
    if (LABELS.contains(lower())) {
      return "looks like a label, which detection must not see; ask for it by name to use it";
    }
    if (counts.size() == 1) {
      return "always the same";
    }
    if (looksLikeTimestamp()) {
      return "looks like a time";
    }
    return isNumber() ? reasonToLeaveOutNumber() : reasonToLeaveOutText();
  }

  private @Nullable String reasonToLeaveOutNumber() {
    boolean enough = known >= FEW_ROWS;
    boolean unique = counts.size() >= Math.min(known, MOST_DISTINCT);
    if (enough && unique && whole == known) {
      if (rises >= known - 1) {
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
    if (numbers > 0 && counts.size() > 100) {
      return "mixes numbers and texts";
    }
    if (known >= FEW_ROWS && counts.size() > known / 2) {
      return "looks like an identifier or free text: most values come once";
    }
    return null;
  }

  private String lower() {
    return name.toLowerCase(Locale.ROOT);
  }
}
