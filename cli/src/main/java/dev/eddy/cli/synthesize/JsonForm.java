package dev.eddy.cli.synthesize;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a column's values are in JSON.
 *
 * @param texts values that are texts although they read as something else; null: all are texts
 * @param omitted whether a missing value has no key at all
 */
record JsonForm(@Nullable Set<String> texts, boolean omitted) {
  /** All values are texts. */
  static final JsonForm TEXT = new JsonForm(null, false);

  /** Whatever reads as a number is one. */
  static final JsonForm NUMBER = new JsonForm(Set.of(), false);

  private static final Pattern JSON_NUMBER =
      Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][-+]?\\d+)?");

  /** Returns whether a text would not be written as one. */
  static boolean readsAsOther(String text) {
    return NumberStyle.isSimple(text)
        || text.equals("true")
        || text.equals("false")
        || isNonNumber(text);
  }

  /** Writes a value with its key; null: it is missing. */
  void write(JsonGenerator json, String name, @Nullable String cell) throws IOException {
    if (cell == null && omitted) {
      return;
    }
    json.writeFieldName(name);
    if (cell == null) {
      json.writeNull();
    } else if (texts == null || texts.contains(cell)) {
      json.writeString(cell);
    } else if (JSON_NUMBER.matcher(cell).matches()) {
      json.writeNumber(cell);
    } else if (cell.equals("true") || cell.equals("false")) {
      json.writeBoolean(cell.equals("true"));
    } else if (NumberStyle.isSimple(cell)) {
      json.writeNumber(new BigDecimal(cell).toPlainString());
    } else if (isNonNumber(cell)) {
      json.writeNull(); // JSON has no word for it, though Python writes one
    } else {
      json.writeString(cell);
    }
  }

  private static boolean isNonNumber(String cell) {
    return cell.equals("NaN") || cell.endsWith("Infinity");
  }
}
