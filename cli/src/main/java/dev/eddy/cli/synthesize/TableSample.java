package dev.eddy.cli.synthesize;

import dev.eddy.event.TableFile;
import dev.eddy.event.TableRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The second reading of a file: of each class a uniform sample of its rows, by seed. Where the file
 * has more rows than may be kept, small classes are kept whole and large ones are cut to the same
 * number.
 *
 * @param names of the columns, in order
 * @param byClass class to its sampled rows; in a row one text for each column, null where missing
 */
record TableSample(List<String> names, Map<String, List<@Nullable String[]>> byClass) {

  /**
   * Reads the file again.
   *
   * @param label column of the class; null: all rows are of one
   * @param most rows that are kept
   */
  static TableSample of(
      Path file,
      TableScan scan,
      @Nullable String label,
      int most,
      long seed,
      LongConsumer progress) {
    List<String> names = List.copyOf(scan.columns().keySet());
    long quota = quota(scan.classes(), most);
    Map<String, List<@Nullable String[]>> byClass = new TreeMap<>();
    Map<String, Long> seen = new TreeMap<>();
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, String> interned = new TreeMap<>();
    long read = 0;
    try (TableFile rows = TableFile.open(file)) {
      while (rows.hasNext()) {
        TableRow row = rows.next();
        String labelClass = TableScan.classOf(row, label);
        if (labelClass != null) {
          List<@Nullable String[]> kept =
              byClass.computeIfAbsent(labelClass, name -> new ArrayList<>());
          long place = seen.merge(labelClass, 1L, Long::sum) - 1;
          if (place < quota) {
            kept.add(cells(row, names, interned));
          } else {
            long drawn = random.nextLong(place + 1); // Vitter's algorithm R
            if (drawn < quota) {
              kept.set((int) drawn, cells(row, names, interned));
            }
          }
        }
        progress.accept(++read);
      }
    }
    return new TableSample(names, byClass);
  }

  /** Returns the rows that a class may keep, so that all together keep at most so many. */
  static long quota(Map<String, Long> classes, int most) {
    long left = most;
    int classesLeft = classes.size();
    for (long rows : classes.values().stream().sorted().toList()) {
      if (rows * classesLeft >= left) {
        return Math.max(1, left / classesLeft);
      }
      left -= rows;
      classesLeft--;
    }
    return most;
  }

  private static @Nullable String[] cells(
      TableRow row, List<String> names, Map<String, String> interned) {
    @Nullable String[] cells = new String[names.size()];
    for (int i = 0; i < cells.length; i++) {
      String text = TableScan.text(row, names.get(i));
      if (text != null && interned.size() < ColumnScan.MOST_DISTINCT) {
        text = interned.computeIfAbsent(text, same -> same); // categories come again and again
      }
      cells[i] = text;
    }
    return cells;
  }

  /** Returns the values of a column that are not missing. */
  List<String> values(int column) {
    List<String> values = new ArrayList<>();
    byClass
        .values()
        .forEach(
            rows ->
                rows.forEach(
                    row -> {
                      String text = row[column];
                      if (text != null) {
                        values.add(text);
                      }
                    }));
    return values;
  }
}
