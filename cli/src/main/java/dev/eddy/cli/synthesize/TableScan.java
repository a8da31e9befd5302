package dev.eddy.cli.synthesize;

import dev.eddy.cli.shell.UsageException;
import dev.eddy.event.DistinctTexts;
import dev.eddy.event.TableFile;
import dev.eddy.event.TableRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The first reading of a file: what its columns hold and how many rows each class has. Memory is
 * bounded by the columns, not by the rows.
 *
 * @param columns in the file's order; the label's is among them
 * @param classes class to its rows
 * @param rows rows with a class
 * @param unlabelled rows without one
 * @param unnamed columns that have no name in the header
 */
record TableScan(
    Map<String, ColumnScan> columns,
    Map<String, Long> classes,
    long rows,
    long unlabelled,
    Set<String> unnamed) {
  private static final int MOST_CLASSES = 200;
  private static final String ONE_CLASS = "all";
  private static final Pattern JSON_LINES = Pattern.compile("\\.jsonl(\\.gz)?$");

  /**
   * Reads the file.
   *
   * @param label column of the class; null: all rows are of one
   * @param progress hears how many rows were read
   * @throws UsageException if there is no such column, no row, or too many classes
   */
  static TableScan of(
      Path file, @Nullable String label, Set<String> ignored, LongConsumer progress) {
    Map<String, ColumnScan> columns = new LinkedHashMap<>();
    DistinctTexts.Room room = new DistinctTexts.Room();
    Map<String, Long> classes = new TreeMap<>();
    long read = 0;
    long unlabelled = 0;
    Set<String> unnamed;
    boolean typed = JSON_LINES.matcher(file.toString()).find();
    try (TableFile rows = TableFile.open(file)) {
      unnamed = rows.unnamed();
      while (rows.hasNext()) {
        TableRow row = rows.next();
        long before = read - unlabelled;
        for (String name : row.values().keySet()) {
          columns.computeIfAbsent(name, added -> new ColumnScan(added, room, before, typed));
        }
        String labelClass = classOf(row, label);
        if (labelClass == null) {
          unlabelled++;
        } else {
          classes.merge(labelClass, 1L, Long::sum);
          checkClasses(classes, label);
          columns.forEach((name, scan) -> add(scan, row, name));
        }
        progress.accept(++read);
      }
    }
    check(file, label, ignored, columns, read, read - unlabelled);
    return new TableScan(columns, classes, read - unlabelled, unlabelled, unnamed);
  }

  private static void add(ColumnScan scan, TableRow row, String name) {
    if (row.values().containsKey(name)) {
      scan.add(row.line(), row.values().get(name));
    } else {
      scan.addAbsent();
    }
  }

  /** Returns the class of a row; null: it has none. */
  static @Nullable String classOf(TableRow row, @Nullable String label) {
    return label == null ? ONE_CLASS : text(row, label);
  }

  /** Returns a value as text; null: it is missing. */
  static @Nullable String text(TableRow row, String name) {
    Object value = row.values().get(name);
    return value == null ? null : CellText.of(value);
  }

  private static void checkClasses(Map<String, Long> classes, @Nullable String label) {
    if (classes.size() > MOST_CLASSES) {
      throw new UsageException(
          ("--label must name a column of at most %d classes, got more in %s; put a number into"
                  + " ranges first")
              .formatted(MOST_CLASSES, label));
    }
  }

  private static void check(
      Path file,
      @Nullable String label,
      Set<String> ignored,
      Map<String, ColumnScan> columns,
      long read,
      long labelled) {
    if (read == 0) {
      throw new UsageException(file + " must have at least one row, got none");
    }
    List<String> names = new ArrayList<>(columns.keySet());
    for (String name : ignored) {
      if (!names.contains(name)) {
        throw new UsageException("--ignore must name columns of %s, got %s".formatted(names, name));
      }
    }
    if (label != null && !names.contains(label)) {
      throw new UsageException("--label must be one of %s, got %s".formatted(names, label));
    }
    if (labelled == 0) {
      throw new UsageException(
          "column %s must have a class in some row, got none".formatted(label));
    }
  }
}
