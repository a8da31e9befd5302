package dev.eddy.augmentation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Column shapes of rows against rows. */
final class ShapeComparison {
  private final TokenEncoder encoder;

  ShapeComparison(TokenEncoder encoder) {
    this.encoder = encoder;
  }

  /** Returns the shape of each column by name; the entity is a column too. */
  Map<String, Double> byColumn(List<SyntheticRow> a, List<SyntheticRow> b) {
    Map<String, Double> shapes = new LinkedHashMap<>();
    for (int column = 0; column < encoder.columns().size(); column++) {
      double shape =
          encoder.columns().get(column) instanceof NumberColumn
              ? ColumnShapes.numbers(numbers(a, column), numbers(b, column))
              : ColumnShapes.categories(categories(a, column), categories(b, column));
      shapes.put(encoder.columns().get(column).name(), shape);
    }
    return shapes;
  }

  /** Returns the mean over columns. */
  static double mean(Map<String, Double> shapes) {
    return shapes.values().stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  private static double[] numbers(List<SyntheticRow> rows, int column) {
    return rows.stream().mapToDouble(row -> row.numbers()[column]).toArray();
  }

  private @Nullable String[] categories(List<SyntheticRow> rows, int column) {
    return rows.stream().map(row -> encoder.category(row, column)).toArray(String[]::new);
  }
}
