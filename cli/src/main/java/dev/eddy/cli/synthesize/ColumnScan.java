package dev.eddy.cli.synthesize;

import dev.eddy.cli.shell.UsageException;
import dev.eddy.event.DistinctTexts;
import dev.eddy.event.TextsAmongNumbers;
import dev.eddy.event.ValueText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds out, row by row and in bounded memory, what a column holds. */
final class ColumnScan {
  static final int MOST_DISTINCT = 100_000;
  private static final int FEW_ROWS = 20;
  private static final int FEWEST_ROWS = 5; // as the generating encoder has it
  private static final int MOST_GENERATED = 200;
  private static final int LONGEST = 256;
  private static final int ADORNED = 1;
  private static final int TIMED = 2;
  private static final int LONGEST_FORM = 48;
  private static final int MOST_REMEMBERED = 10_000;
  private static final int FEWEST_ACCOUNT_DIGITS = 16;
  private static final int MOST_ACCOUNT_DIGITS = 20;

  /** Seconds since 1970 of 2000-01-01 and of 2100-01-01. */
  private static final double[] EPOCH = {946_684_800, 4_102_444_800.0};

  private static final Pattern IDENTIFIER =
      Pattern.compile(
          "(.*[ _.-])?(?i:id|uuid|guid|index|row|rownumber|key|seq|sequence|no|number"
              + "|account|acct|card|iban|imei|msisdn|phone|ssn)"
              + "|.*[a-z](Id|ID|Key|No|Number)");

  private final String name;
  private final boolean typed;
  private final DistinctTexts texts;
  private final Set<String> likeOthers = new HashSet<>();
  private final TextsAmongNumbers slips = new TextsAmongNumbers();
  private final Map<String, Integer> looks = new HashMap<>();
  private long known;
  private long empty;
  private long absent;
  private long strings;
  private long markers;
  private String marker = "";
  private long numbers;
  private long adorned;
  private long timed;
  private long whole;
  private long rises;
  private long spaced;
  private long nested;
  private int longest;
  private int fewestDigits = Integer.MAX_VALUE;
  private int mostDigits;
  private BigDecimal last = BigDecimal.ZERO;
  private double smallest = Double.POSITIVE_INFINITY;
  private double largest = Double.NEGATIVE_INFINITY;

  ColumnScan(String name, DistinctTexts.Room room) {
    this(name, room, 0, false);
  }

  /**
   * Begins a column.
   *
   * @param room that the columns of a file share
   * @param before rows before this one, which do not name it
   * @param typed whether the source tells numbers from texts, as JSON does
   */
  ColumnScan(String name, DistinctTexts.Room room, long before, boolean typed) {
    this.name = name;
    this.texts = new DistinctTexts(MOST_DISTINCT, room);
    this.typed = typed;
    this.empty = before;
    this.absent = before;
  }

  /** Looks at a row that does not name the column. */
  void addAbsent() {
    empty++;
    absent++;
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
    String text = CellText.of(value);
    known++;
    texts.add(text);
    if (typed && value instanceof String) {
      strings++;
      if (likeOthers.size() < MOST_DISTINCT && JsonForm.readsAsOther(text)) {
        likeOthers.add(text);
      }
    }
    slips.add(line, text);
    if (ValueText.isMissing(text)) {
      markers++;
      marker = text;
      return;
    }
    longest = Math.max(longest, text.length());
    spaced += text.trim().indexOf(' ') > 0 ? 1 : 0;
    if (!addNumber(text.trim())) {
      int looks = looks(text.trim());
      adorned += (looks & ADORNED) / ADORNED;
      timed += (looks & TIMED) / TIMED;
    }
  }

  /** Returns what a text looks like; it is asked once for each text, for it takes a while. */
  private int looks(String text) {
    if (text.length() > LONGEST_FORM) {
      return 0;
    }
    Integer known = looks.get(text);
    if (known == null) {
      known =
          (NumberStyle.isAdorned(text) ? ADORNED : 0) | (TimeFormat.looksLikeOne(text) ? TIMED : 0);
      if (looks.size() < MOST_REMEMBERED) {
        looks.put(text, known);
      }
    }
    return known;
  }

  /** Returns whether it is one; true and false read as numbers, but are kept as words. */
  private boolean addNumber(String text) {
    double number = NumberStyle.isSimple(text) ? ValueText.number(text) : Double.NaN;
    if (Double.isNaN(number)) {
      return false; // also a leading zero, a plus: a code, not a quantity
    }
    numbers++;
    whole += number == Math.rint(number) ? 1 : 0;
    smallest = Math.min(smallest, number);
    largest = Math.max(largest, number);
    boolean digits = text.chars().allMatch(c -> c >= '0' && c <= '9');
    fewestDigits = digits ? Math.min(fewestDigits, text.length()) : 0;
    mostDigits = Math.max(mostDigits, text.length());
    BigDecimal exact = new BigDecimal(text);
    rises += numbers > 1 && exact.compareTo(last) > 0 ? 1 : 0;
    last = exact;
    return true;
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
    if (numbers == values() && !isAccount()) {
      return number(sampled);
    }
    NumberStyle style = numbers + adorned == values() ? style(sampled) : null;
    if (style != null && !style.isBare()) {
      return new TableColumn.Numeric(name, style, missingText());
    }
    String texts = slips.slips();
    if (texts != null) {
      throw new UsageException(
          "column %s must hold numbers, %s; mend the file, or leave it out with --ignore %s"
              .formatted(name, texts, name));
    }
    TimeFormat format = timed == values() ? TimeFormat.of(known(sampled)) : null;
    if (format != null) {
      return new TableColumn.Date(name, format, missingText());
    }
    return text(sampled);
  }

  private TableColumn number(List<String> sampled) {
    boolean named = IDENTIFIER.matcher(name).matches();
    if (whole == values() && isUnique()) {
      if (rises >= values() - 1 && (named || !isEpoch())) {
        return new TableColumn.Identifier(
            name, IdentifierFormat.counter(last.toBigInteger().add(BigInteger.ONE)));
      }
      if (named) {
        return new TableColumn.Identifier(name, IdentifierFormat.of(sampled));
      }
    }
    NumberStyle style = style(sampled);
    return style == null ? text(sampled) : new TableColumn.Numeric(name, style, missingText());
  }

  private static @Nullable NumberStyle style(List<String> sampled) {
    List<String> known = known(sampled);
    return known.isEmpty() ? null : NumberStyle.of(known);
  }

  private static List<String> known(List<String> sampled) {
    return sampled.stream().filter(text -> !ValueText.isMissing(text)).toList();
  }

  /**
   * Returns what values are in JSON.
   *
   * @param column what is done with it
   */
  JsonForm form(TableColumn column) {
    if (!typed) {
      boolean number = column instanceof TableColumn.Numeric numeric && numeric.style().isBare();
      return number ? JsonForm.NUMBER : JsonForm.TEXT;
    }
    boolean omitted = absent > 0 && empty == absent;
    return new JsonForm(known > 0 && strings == known ? null : Set.copyOf(likeOthers), omitted);
  }

  /** Returns whether all are seconds, or parts of seconds, since 1970. */
  private boolean isEpoch() {
    for (double unit = 1; unit <= 1e9; unit *= 1_000) {
      if (smallest >= EPOCH[0] * unit && largest < EPOCH[1] * unit) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether long numbers of one length come again and again, as those of accounts do. */
  private boolean isAccount() {
    return fewestDigits == mostDigits
        && fewestDigits >= FEWEST_ACCOUNT_DIGITS
        && fewestDigits <= MOST_ACCOUNT_DIGITS
        && !isUnique()
        && values() >= FEW_ROWS
        && !isEpoch();
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
    if (mostlyOnce && 2 * timed > values()) {
      return new TableColumn.Fixed(
          name, "", "dates or times, but not all in one format that is read: left empty");
    }
    if (mostlyOnce && 2 * (numbers + adorned) > values() && adorned > 0) {
      return new TableColumn.Fixed(
          name, "", "numbers, but not all with the same units and separators: left empty");
    }
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
