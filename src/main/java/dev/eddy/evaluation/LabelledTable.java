package dev.eddy.evaluation;

import dev.eddy.definition.StreamDefinition;
import dev.eddy.event.TableException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * The rows of a file with the truth about each, in the file's order.
 *
 * @param definition the columns that count, as the stream-app would read them
 * @param leftOut column to the reason why it does not count
 * @param normal values of the label that were taken for normal
 * @param rows in the file's order; a sample of them where the file holds more than was asked for
 * @param rowsInFile how many rows with a label the file holds
 * @param unlabelled how many rows were passed over because their label is empty or a word for a
 *     missing value
 * @param late how many rows are older than one of their entity before them
 */
public record LabelledTable(
    StreamDefinition definition,
    Map<String, String> leftOut,
    Set<String> normal,
    List<LabelledObservation> rows,
    long rowsInFile,
    long unlabelled,
    long late) {

  /** Words that mean "no anomaly" where nobody says which value does; in lower case. */
  private static final Set<String> NORMAL_WORDS =
      Set.of(
          "0", "0.0", "false", "no", "n", "normal", "none", "benign", "ok", "good", "healthy",
          "nominal", "inlier");

  /** Copies the collections. */
  public LabelledTable {
    leftOut = new LinkedHashMap<>(leftOut);
    normal = new LinkedHashSet<>(normal);
    rows = List.copyOf(rows);
  }

  /**
   * Reads a file.
   *
   * @param progress hears now and then how many rows were read
   * @throws TableException if it cannot be read, or does not hold what was asked for
   */
  public static LabelledTable read(Path file, TableRequest request, LongConsumer progress) {
    return new TableReader(file, request, progress).read();
  }

  /** Returns how many of the rows are anomalies. */
  public int anomalies() {
    return (int) rows.stream().filter(LabelledObservation::anomalous).count();
  }

  /**
   * Refuses a table that holds one kind of row only: nothing can be measured on it.
   *
   * @throws TableException with the values that were found
   */
  public void requireBothKinds(Path file, String label) {
    int anomalies = anomalies();
    if (anomalies == 0) {
      throw new TableException(
          "%s column %s must hold anomalies too, found only %s, taken for normal, in %d rows%s"
              .formatted(file, label, String.join(", ", normal), rows.size(), passedOver()));
    }
    if (anomalies == rows.size()) {
      throw new TableException(
          ("%s column %s must hold normal rows too, found none of %s in %d rows; name the normal"
                  + " value by --normal%s")
              .formatted(file, label, String.join(", ", normal), rows.size(), passedOver()));
    }
  }

  /** Normal rows may be those without a label: says how to have them counted. */
  private String passedOver() {
    return unlabelled == 0
        ? ""
        : ("; %d rows without a label were passed over: where those are normal, write a word such"
                + " as normal there")
            .formatted(unlabelled);
  }

  /**
   * Refuses a table that a protocol cannot divide: of each kind that it divides it takes one row to
   * learn from and one to measure on.
   *
   * @throws TableException with the number that was found
   */
  public void requireDivisible(Path file, String label, Protocol protocol) {
    requireBothKinds(file, label);
    int anomalies = anomalies();
    if (protocol != Protocol.ONE_CLASS && anomalies == 1) {
      throw new TableException(
          ("%s column %s must hold at least 2 anomalies, one to learn from and one to measure on,"
                  + " got 1 in %d rows; --protocol one-class measures on all of them")
              .formatted(file, label, rows.size()));
    }
    if (rows.size() - anomalies == 1) {
      throw new TableException(
          ("%s column %s must hold at least 2 normal rows, one to learn from and one to measure"
                  + " on, got 1 of %s in %d rows")
              .formatted(file, label, String.join(", ", normal), rows.size()));
    }
  }

  /** Returns those of a label's values that are words for "no anomaly". */
  static Set<String> saidNormal(Set<String> values) {
    Set<String> said = new LinkedHashSet<>();
    values.stream()
        .filter(value -> NORMAL_WORDS.contains(value.toLowerCase(Locale.ROOT)))
        .sorted()
        .forEach(said::add);
    return said;
  }

  /**
   * Chooses the normal ones of a label's values: those that a word says, else the most frequent.
   */
  static Set<String> normalOf(Map<String, Long> counts) {
    Set<String> said = saidNormal(counts.keySet());
    if (!said.isEmpty()) {
      return said;
    }
    List<Map.Entry<String, Long>> entries = new ArrayList<>(counts.entrySet());
    entries.sort(
        Map.Entry.<String, Long>comparingByValue()
            .reversed()
            .thenComparing(Map.Entry.comparingByKey()));
    return Set.of(entries.get(0).getKey());
  }
}
