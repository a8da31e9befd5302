package dev.eddy.augmentation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A category as tokens: one for each of its frequent values, one for all others together, one for
 * missing. Values with fewer than 5 records are among the others, since such a token alone would
 * give a record away.
 */
final class CategoryColumn implements TokenColumn {
  static final int RARE_ROWS = 5;
  private static final int MOST_VALUES = 200;

  private final String name;
  private final List<String> values;
  private final boolean others;
  private final boolean missing;
  private final Map<String, Integer> tokens = new HashMap<>();

  private CategoryColumn(String name, List<String> values, boolean others, boolean missing) {
    this.name = name;
    this.values = List.copyOf(values);
    this.others = others;
    this.missing = missing;
    for (int token = 0; token < values.size(); token++) {
      tokens.put(values.get(token), token);
    }
  }

  /**
   * Learns the values, most frequent first.
   *
   * @param cells one for each record; null: missing
   */
  static CategoryColumn fit(String name, @Nullable String[] cells) {
    Map<String, Integer> counts = new HashMap<>();
    boolean missing = false;
    for (String cell : cells) {
      if (cell == null) {
        missing = true;
      } else {
        counts.merge(cell, 1, Integer::sum);
      }
    }
    List<String> values =
        counts.entrySet().stream()
            .filter(entry -> entry.getValue() >= RARE_ROWS)
            .sorted(
                Comparator.comparing((Map.Entry<String, Integer> entry) -> -entry.getValue())
                    .thenComparing(Map.Entry::getKey))
            .limit(MOST_VALUES)
            .map(Map.Entry::getKey)
            .toList();
    boolean others = counts.size() > values.size();
    return new CategoryColumn(name, values, others, missing);
  }

  static CategoryColumn read(JsonNode json) {
    List<String> values = new ArrayList<>();
    json.required("values").forEach(value -> values.add(value.asText()));
    return new CategoryColumn(
        json.required("name").asText(),
        values,
        json.required("others").asBoolean(),
        json.required("missing").asBoolean());
  }

  @Override
  public void write(ObjectNode json) {
    json.put("kind", "category").put("name", name).put("others", others).put("missing", missing);
    ArrayNode array = json.putArray("values");
    values.forEach(array::add);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int tokens() {
    return Math.max(1, values.size() + (others ? 1 : 0) + (missing ? 1 : 0));
  }

  @Override
  public boolean emits(int token) {
    return !others || token != values.size() || tokens() == 1;
  }

  @Override
  public int place(int token) {
    return token;
  }

  /**
   * Returns the token of a value; a value never seen counts among the others, else as the first.
   */
  int token(@Nullable String value) {
    if (value == null) {
      return missing ? tokens() - 1 : 0;
    }
    return tokens.getOrDefault(value, others ? values.size() : 0);
  }

  /** Returns the value of a token; null: missing. */
  @Nullable String value(int token) {
    return token < values.size() ? values.get(token) : null;
  }

  /** Returns whether a record with this value could have come out of the tokens. */
  boolean knows(@Nullable String value) {
    return value == null ? missing || others : tokens.containsKey(value);
  }
}
