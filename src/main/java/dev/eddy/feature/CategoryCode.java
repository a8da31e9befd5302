package dev.eddy.feature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eddy.definition.Feature;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A category: one cell for each frequent value, one for all others, and one that says that it is
 * missing if that ever happened in training. One that is missing for the first time later on counts
 * as unknown: nothing like it was seen.
 */
final class CategoryCode implements FeatureCode {
  /** Values that get a cell at most; the most frequent ones. */
  static final int MOST_VALUES = 200;

  /** A value gets a cell if at least one row in this many has it, and two have it. */
  private static final int ROWS_PER_RARE = 2000;

  private final Feature feature;
  private final int category;
  private final List<String> values;
  private final Map<String, Integer> cells;
  private final boolean missing;

  private CategoryCode(Feature feature, int category, List<String> values, boolean missing) {
    this.feature = feature;
    this.category = category;
    this.values = List.copyOf(values);
    this.missing = missing;
    this.cells = new HashMap<>();
    for (int i = 0; i < values.size(); i++) {
      cells.put(values.get(i), i);
    }
  }

  static CategoryCode fit(Feature feature, int category, List<Observation> observations) {
    Map<String, Integer> counts = new HashMap<>();
    boolean missing = false;
    for (Observation observation : observations) {
      String value = observation.event().category(category);
      if (value == null) {
        missing = true;
      } else {
        counts.merge(value, 1, Integer::sum);
      }
    }
    int least = Math.max(2, observations.size() / ROWS_PER_RARE);
    List<String> values =
        counts.entrySet().stream()
            .filter(entry -> entry.getValue() >= least)
            .sorted(
                Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(MOST_VALUES)
            .map(Map.Entry::getKey)
            .sorted() // not by how frequent they are now: networks go on from earlier ones
            .toList();
    return new CategoryCode(feature, category, values, missing);
  }

  static CategoryCode read(Feature feature, int category, JsonNode node) {
    List<String> values = new ArrayList<>();
    node.path("values").forEach(value -> values.add(value.asText()));
    return new CategoryCode(feature, category, values, node.path("missing").asBoolean());
  }

  @Override
  public void write(ObjectNode target) {
    ArrayNode array = target.put("missing", missing).putArray("values");
    values.forEach(array::add);
  }

  @Override
  public int width() {
    return values.size() + 1 + (missing ? 1 : 0);
  }

  @Override
  public void describe(int index, List<EncodedColumn> columns) {
    for (String value : values) {
      columns.add(
          new EncodedColumn(index, feature.name() + "=" + value, EncodedColumn.Kind.CATEGORY));
    }
    columns.add(
        new EncodedColumn(
            index, feature.name() + "=" + Encoder.UNKNOWN, EncodedColumn.Kind.CATEGORY));
    if (missing) {
      columns.add(
          new EncodedColumn(index, feature.name() + " missing", EncodedColumn.Kind.MISSING));
    }
  }

  @Override
  public void encode(Observation observation, float[] row, int start) {
    String value = observation.event().category(category);
    if (value == null) {
      row[start + values.size() + (missing ? 1 : 0)] = 1;
      return;
    }
    Integer cell = cells.get(value);
    row[start + (cell == null ? values.size() : cell)] = 1;
  }

  @Override
  public @Nullable String decode(float[] row, int start) {
    int best = 0;
    for (int i = 1; i < width(); i++) {
      if (row[start + i] > row[start + best]) {
        best = i;
      }
    }
    if (best > values.size()) {
      return null;
    }
    return best == values.size() ? Encoder.UNKNOWN : values.get(best);
  }
}
