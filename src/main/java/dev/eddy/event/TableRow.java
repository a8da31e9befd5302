package dev.eddy.event;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One record of a {@link TableFile}.
 *
 * @param line where it starts, from 1
 * @param values by field name, in the file's order. From CSV: texts, null where empty. From JSON
 *     lines: texts, numbers, booleans, null, and maps and lists where nested.
 */
public record TableRow(long line, Map<String, @Nullable Object> values) {

  /** Copies the map; null values and the order stay. */
  public TableRow {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Returns a field's value as text; null where it is missing. */
  public @Nullable String text(String field) {
    Object value = values.get(field);
    return value == null ? null : value.toString();
  }
}
