package dev.eddy.augmentation;

import dev.eddy.definition.Feature;
import dev.eddy.definition.StreamDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the definition's fields stand in a row. Immutable. */
final class RowFields {
  private final Map<String, Integer> numbers;
  private final Map<String, Integer> categories;

  RowFields(StreamDefinition definition) {
    this.numbers = places(definition.numbers());
    this.categories = places(definition.categories());
  }

  private static Map<String, Integer> places(List<Feature> features) {
    Map<String, Integer> places = new HashMap<>();
    features.forEach(feature -> places.put(feature.name(), places.size()));
    return places;
  }

  /** Returns the place of a number; null: the field is none. */
  @Nullable Integer number(String field) {
    return numbers.get(field);
  }

  /** Returns the place of a category; null: the field is none. */
  @Nullable Integer category(String field) {
    return categories.get(field);
  }

  /** Returns a number's value; NaN: missing, or no such number. */
  double number(SyntheticRow row, String field) {
    Integer place = numbers.get(field);
    return place == null ? Double.NaN : row.numbers()[place];
  }

  /** Returns a field's value as text; null: missing. */
  @Nullable String text(SyntheticRow row, String field) {
    Integer place = categories.get(field);
    if (place != null) {
      return row.categories()[place];
    }
    double value = number(row, field);
    return Double.isNaN(value) ? null : Double.toString(value);
  }
}
