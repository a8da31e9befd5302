package dev.eddy.augmentation;

import dev.eddy.definition.Feature;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.evaluation.quality.RecordTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows as tables to be measured. */
public final class RealTables {
  private final List<String> numbers = new ArrayList<>();
  private final List<String> categories = new ArrayList<>();
  private final boolean entity;

  /** The entity is a column where there is more than one. */
  RealTables(TokenEncoder encoder) {
    List<TokenColumn> columns = encoder.columns();
    this.entity = columns.get(columns.size() - 1).tokens() > 1;
    for (int column = 0; column < columns.size() - (entity ? 0 : 1); column++) {
      TokenColumn tokens = columns.get(column);
      (tokens instanceof NumberColumn ? numbers : categories).add(tokens.name());
    }
  }

  /** Returns rows as a table of a definition's numbers and categories; the entity is no column. */
  public static RecordTable of(StreamDefinition definition, List<SyntheticRow> rows) {
    return new RecordTable(
        definition.numbers().stream().map(Feature::name).toList(),
        definition.categories().stream().map(Feature::name).toList(),
        rows.stream().map(SyntheticRow::numbers).toArray(double[][]::new),
        rows.stream().map(SyntheticRow::categories).toArray(String[][]::new),
        rows.stream().map(SyntheticRow::labelClass).toArray(String[]::new));
  }

  RecordTable of(List<SyntheticRow> rows) {
    return new RecordTable(
        numbers,
        categories,
        rows.stream().map(SyntheticRow::numbers).toArray(double[][]::new),
        rows.stream().map(this::categories).toArray(String[][]::new),
        rows.stream().map(SyntheticRow::labelClass).toArray(String[]::new));
  }

  private @Nullable String[] categories(SyntheticRow row) {
    if (!entity) {
      return row.categories();
    }
    @Nullable String[] all = Arrays.copyOf(row.categories(), categories.size());
    all[categories.size() - 1] = row.entity();
    return all;
  }
}
