package dev.eddy.benchmarks.explain;

import dev.eddy.definition.StreamDefinition;
import dev.eddy.definition.StreamDefinition.Context;
import dev.eddy.definition.StreamDefinition.Format;
import dev.eddy.event.Coordinates;
import dev.eddy.event.DefinitionDraft;
import dev.eddy.event.Event;
import dev.eddy.event.RowCodec;
import dev.eddy.event.TableFile;
import dev.eddy.event.TableRow;
import dev.eddy.feature.ContextLayout;
import dev.eddy.feature.EntityContext;
import dev.eddy.feature.Observation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The normal records of one file, half to train on and half to test with, both in random order.
 * Records stand for themselves: there is no context.
 *
 * @param name the file's, without its endings
 * @param definition drafted from the normal records
 * @param training at most as many as were asked for
 * @param test as many
 */
record Table(
    String name, StreamDefinition definition, List<Observation> training, List<Observation> test) {
  private static final int MOST_ROWS = 60_000;

  /**
   * Reads a file.
   *
   * @param label column that tells normal records from others
   * @param ignored columns that are no features
   * @param rows most records to train on, and to test with
   * @return null where the file has no such column
   */
  static @Nullable Table read(Path file, String label, Set<String> ignored, int rows, long seed) {
    List<TableRow> normal = normal(file, label, ignored);
    if (normal.isEmpty()) {
      return null;
    }
    Collections.shuffle(normal, new Random(seed));
    int half = Math.min(rows, normal.size() / 2);
    String name = file.getFileName().toString().replaceAll("\\..*", "");
    var request = new DefinitionDraft.Request(name, name, Format.JSON, null, null, null);
    StreamDefinition definition =
        DefinitionDraft.of(request, normal.subList(0, half).iterator())
            .definition()
            .withContext(Context.NONE);
    RowCodec codec = RowCodec.of(definition);
    List<Observation> observations = new ArrayList<>();
    EntityContext none = EntityContext.empty(ContextLayout.of(definition));
    for (TableRow row : normal.subList(0, 2 * half)) {
      var coordinates = new Coordinates(name, 0, observations.size());
      if (codec.decode(row, 0, coordinates) instanceof Event event) {
        observations.add(none.observe(event));
      }
    }
    int middle = Math.min(half, observations.size());
    return new Table(
        name,
        definition,
        observations.subList(0, middle),
        observations.subList(middle, observations.size()));
  }

  private static List<TableRow> normal(Path file, String label, Set<String> ignored) {
    List<TableRow> rows = new ArrayList<>();
    Map<String, Integer> counts = new LinkedHashMap<>();
    try (TableFile table = TableFile.open(file)) {
      while (table.hasNext() && rows.size() < MOST_ROWS) {
        TableRow row = table.next();
        if (!row.values().containsKey(label)) {
          return List.of();
        }
        rows.add(row);
        counts.merge(String.valueOf(row.text(label)), 1, Integer::sum);
      }
    }
    String normal =
        counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
    List<TableRow> kept = new ArrayList<>();
    for (TableRow row : rows) {
      if (normal.equals(String.valueOf(row.text(label)))) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>(row.values());
        values.remove(label);
        values.keySet().removeAll(ignored);
        kept.add(new TableRow(row.line(), values));
      }
    }
    return kept;
  }

  boolean isNumber(int feature) {
    return definition.features().get(feature).isNumber();
  }

  double number(int feature, Observation record) {
    return record.event().number(place(feature));
  }

  Observation with(Observation record, int feature, double value) {
    return record.withNumber(ContextLayout.of(definition), place(feature), value);
  }

  Observation with(Observation record, int feature, @Nullable String value) {
    return record.withCategory(place(feature), value);
  }

  /** Returns a record with one field as another record has it. */
  Observation copy(int feature, Observation from, Observation to) {
    return isNumber(feature)
        ? with(to, feature, number(feature, from))
        : with(to, feature, from.event().category(place(feature)));
  }

  /** Returns whether two records differ in a field. */
  boolean differ(int feature, Observation first, Observation second) {
    return isNumber(feature)
        ? Double.compare(number(feature, first), number(feature, second)) != 0
        : !Objects.equals(
            first.event().category(place(feature)), second.event().category(place(feature)));
  }

  /** Returns least and largest value of a number among all normal records. */
  double[] range(int feature) {
    double[] range = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    for (List<Observation> part : List.of(training, test)) {
      for (Observation record : part) {
        double value = number(feature, record);
        if (!Double.isNaN(value)) {
          range[0] = Math.min(range[0], value);
          range[1] = Math.max(range[1], value);
        }
      }
    }
    return range;
  }

  private int place(int feature) {
    boolean number = isNumber(feature);
    return (int)
        definition.features().subList(0, feature).stream()
            .filter(other -> other.isNumber() == number)
            .count();
  }
}
