package dev.eddy.cli.synthesize;

import dev.eddy.cli.shell.UsageException;
import dev.eddy.event.DistinctTexts;
import dev.eddy.event.TextsAmongNumbers;
import dev.eddy.event.ValueText;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds out, row by row and in bounded memory, what a column holds. */
final class ColumnScan {
  static final int MOST_DISTINCT = 100_000;
  private static final int FEW_ROWS = 20;
  private static final int FEWEST_ROWS = 5; // as the generating encoder has it
  private static final int MOST_GENERATED = 200;
  private static final int MOST_DECIMALS = 9;
  private static final int LONGEST = 256;
  private static final double LARGEST_EXACT = 9.007e15;
  private static final Pattern PLAIN_NUMBER = Pattern.compile("-?(0|[1-9]\\d*)(\\.(\\d+))?");
  private static final Pattern IDENTIFIER =
      Pattern.compile(
          "(.*[ _.-])?(?i:id|uuid|guid|index|row|rownumber|key|seq|sequence|no|number)"
              + "|.*[a-z](Id|ID|Key|No|Number)");

  private final String name;
  private final DistinctTexts texts;
  private final TextsAmongNumbers slips = new TextsAmongNumbers();
  private @Nullable List<DateFormat> dates;
  private long known;
  private long empty;
  private long markers;
  private String marker = "";
  private long numbers;
  private long plain;
  private long whole;
  private long rises;
  private long spaced;
  private long nested;
  private int longest;
  private int fewestDecimals = Integer.MAX_VALUE;
  private int mostDecimals;
  private double last = Double.NaN;
  private double largest;

  ColumnScan(String name, DistinctTexts.Room room) {
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
      empty++;
      return;
    }
    if (value instanceof Map || value instanceof Iterable) {
      nested++;
      return;
    }
    String text = value.toString();
    known++;
    texts.add(text);
    slips.add(line, text);
    if (ValueText.isMissing(text)) {
      markers++;
      marker = text;
      return;
    }
    longest = Math.max(longest, text.length());
    spaced += text.trim().indexOf(' ') > 0 ? 1 : 0;
    addNumber(text);
    if (dates == null) {
      dates = DateFormat.of(text);
    } else if (!dates.isEmpty()) {
      dates = dates.stream().filter(format -> !Double.isNaN(format.read(text))).toList();
    }
  }

  private void addNumber(String text) {
    double number = ValueText.number(text);
    if (Double.isNaN(number) || Character.isLetter(text.trim().charAt(0))) {
      return; // true and false read as numbers, and are better kept as words
    }
    numbers++;
    var parts = PLAIN_NUMBER.matcher(text.trim());
    if (parts.matches()) {
      plain++;
      int decimals = parts.group(3) == null ? 0 : parts.group(3).length();
      fewestDecimals = Math.min(fewestDecimals, decimals);
      mostDecimals = Math.max(mostDecimals, decimals);
    } else if (!text.toLowerCase(Locale.ROOT).contains("e")) {
      numbers--; // a leading zero, a plus: a code, not a quantity
      return;
    }
    whole += number == Math.rint(number) ? 1 : 0;
    rises += number > last ? 1 : 0;
    last = number;
    largest = Math.max(largest, Math.abs(number));
  }

  private long values() {
    return known - markers;
  }

  private boolean isUnique() {
    return values() >= FEW_ROWS
        && texts.size() - (markers > 0 ? 1 : 0) >= texts.counted() - markers;
  }

  /**
   * Decides what is done with the column.
   *
   * @param sampled values of the rows that are kept, for the shape of identifiers
   * @throws UsageException if it holds numbers, but for a few texts
   */
  TableColumn decide(List<String> sampled) {
    if (nested > 0) {
      return new TableColumn.Fixed(name, "", "holds nested values: left empty");
    }
    if (values() == 0) {
      String text = empty == 0 && markers > 0 ? marker : "";
      return new TableColumn.Fixed(name, text, "always missing: stays so");
    }
    if (texts.size() == 1 && !texts.isFull() && empty == 0) {
      return new TableColumn.Fixed(name, sampled.get(0), "always the same value: copied");
    }
    if (numbers == values() && largest < LARGEST_EXACT) {
      return number(sampled);
    }
    String texts = slips.slips();
    if (texts != null) {
      throw new UsageException(
          "column %s must hold numbers, %s; mend the file, or leave it out with --ignore %s"
              .formatted(name, texts, name));
    }
    if (dates != null && !dates.isEmpty()) {
      return new TableColumn.Date(name, dates.get(0), missingText());
    }
    return text(sampled);
  }

  private TableColumn number(List<String> sampled) {
    if (whole == values() && isUnique()) {
      if (rises >= values() - 1) {
        return new TableColumn.Identifier(name, IdentifierFormat.counter(BigInteger.valueOf((long) last + 1)));
      }
      if (IDENTIFIER.matcher(name).matches()) {
        return new TableColumn.Identifier(name, IdentifierFormat.of(sampled));
      }
    }
    boolean exact = plain == values() && mostDecimals <= MOST_DECIMALS;
    return new TableColumn.Numeric(
        name, exact ? fewestDecimals : 0, exact ? mostDecimals : -1, missingText());
  }

  /** An empty cell where there are any, for a reader treats both alike; else the word. */
  private String missingText() {
    return empty == 0 && markers > 0 ? marker : "";
  }

  private TableColumn text(List<String> sampled) {
    if (longest > LONGEST) {
      return new TableColumn.Fixed(
          name, "", "text of up to %,d characters: left empty".formatted(longest));
    }
    boolean mostlyOnce = values() >= FEW_ROWS && texts.size() > texts.counted() / 2;
    if (mostlyOnce && spaced > values() / 2) {
      return new TableColumn.Fixed(
          name, "", "free text, most of it once: left empty, for it would be somebody's own");
    }
    if (mostlyOnce) {
      return new TableColumn.Identifier(name, IdentifierFormat.of(sampled));
    }
    return new TableColumn.Category(name, categoryTreatment());
  }

  private String categoryTreatment() {
    String many = texts.isFull() ? "at least " : "";
    long never = 0;
    long neverRows = 0;
    long[] sorted = texts.counts().values().stream().mapToLong(count -> -count).sorted().toArray();
    for (int rank = 0; rank < sorted.length; rank++) {
      if (rank >= MOST_GENERATED || -sorted[rank] < FEWEST_ROWS) {
        never++;
        neverRows += -sorted[rank];
      }
    }
    String rare =
        never == 0
            ? ""
            : "; %,d of them (%.1f %% of the rows) are too rare to be made: fewer than %d rows, or beyond the %d most frequent"
                .formatted(
                    never,
                    100.0 * neverRows / Math.max(1, texts.counted()),
                    FEWEST_ROWS,
                    MOST_GENERATED);
    return "category of %s%,d values%s".formatted(many, texts.size(), rare);
  }
}
