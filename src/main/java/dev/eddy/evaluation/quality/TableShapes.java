package dev.eddy.evaluation.quality;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Column shapes of a table against another. */
public final class TableShapes {
  private TableShapes() {}

  /** Returns the shape of each column by name; 1 is equal. */
  public static Map<String, Double> byColumn(RecordTable a, RecordTable b) {
    Map<String, Double> shapes = new LinkedHashMap<>();
    for (int i = 0; i < a.numberNames().size(); i++) {
      shapes.put(a.numberNames().get(i), ColumnShapes.numbers(numbers(a, i), numbers(b, i)));
    }
    for (int i = 0; i < a.categoryNames().size(); i++) {
      shapes.put(
          a.categoryNames().get(i), ColumnShapes.categories(categories(a, i), categories(b, i)));
    }
    return shapes;
  }

  /** Returns the mean over columns. */
  public static double mean(Map<String, Double> shapes) {
    return shapes.values().stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  private static double[] numbers(RecordTable table, int column) {
    return IntStream.range(0, table.rows())
        .mapToDouble(row -> table.numbers()[row][column])
        .toArray();
  }

  private static @Nullable String[] categories(RecordTable table, int column) {
    return IntStream.range(0, table.rows())
        .mapToObj(row -> table.categories()[row][column])
        .toArray(String[]::new);
  }
}
