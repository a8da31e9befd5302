package dev.eddy.cli.synthesize;

import dev.eddy.augmentation.SyntheticRow;
import dev.eddy.cli.shell.UsageException;
import dev.eddy.definition.DefinitionReader;
import dev.eddy.definition.DefinitionWriter;
import dev.eddy.definition.Feature;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.definition.StreamDefinition.Format;
import dev.eddy.definition.StreamDefinition.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A file's columns, and the way from its rows to typed records and back. Immutable. */
final class Table {
  private static final String ENTITY = "all";

  private final List<TableColumn> columns;
  private final List<String> header;
  private final List<JsonForm> forms;

  private Table(List<TableColumn> columns, List<String> header, List<JsonForm> forms) {
    this.columns = List.copyOf(columns);
    this.header = List.copyOf(header);
    this.forms = List.copyOf(forms);
  }

  /**
   * Decides what is done with each column.
   *
   * @param label column of the class; null: there is none
   * @throws UsageException if nothing is left to learn
   */
  static Table of(TableScan scan, TableSample sample, @Nullable String label, Set<String> ignored) {
    List<TableColumn> columns = new ArrayList<>();
    List<String> names = sample.names();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      ColumnScan column = scan.columns().get(name);
      if (name.equals(label)) {
        columns.add(new TableColumn.Label(name));
      } else if (ignored.contains(name) || column == null) {
        columns.add(new TableColumn.Fixed(name, "", "ignored as asked: left empty"));
      } else {
        columns.add(column.decide(sample.values(i)));
      }
    }
    if (columns.stream().allMatch(column -> column.feature() == null)) {
      List<String> reasons =
          columns.stream().map(column -> column.name() + ": " + column.treatment()).toList();
      throw new UsageException(
          "the file must have a column to learn%s, got none: %s"
              .formatted(label == null ? "" : " besides the class", String.join("; ", reasons)));
    }
    List<JsonForm> forms = new ArrayList<>();
    for (TableColumn column : columns) {
      ColumnScan found = scan.columns().get(column.name());
      forms.add(found == null ? JsonForm.TEXT : found.form(column));
    }
    List<String> header =
        names.stream().map(name -> scan.unnamed().contains(name) ? "" : name).toList();
    return new Table(columns, header, forms);
  }

  /** Returns the columns, in the file's order. */
  List<TableColumn> columns() {
    return columns;
  }

  /** Returns the columns' names as the source's header has them: empty where it has none. */
  List<String> header() {
    return header;
  }

  /** Returns what the columns' values are in JSON. */
  List<JsonForm> forms() {
    return forms;
  }

  /**
   * Returns what a generator needs to know of them.
   *
   * @param rules YAML with the section augmentation, as a stream definition has it; may be empty
   * @throws dev.eddy.definition.DefinitionException if the rules do not fit the columns
   */
  StreamDefinition definition(String origin, String rules) {
    List<Feature> features = new ArrayList<>();
    for (TableColumn column : columns) {
      Feature feature = column.feature();
      if (feature != null) {
        features.add(feature);
      }
    }
    Source source = new Source("file", Format.JSON, null, null, List.of());
    String plain = DefinitionWriter.write(StreamDefinition.of("synthesize", source, features));
    return DefinitionReader.parseStream(origin, plain + rules);
  }

  /** Reads rows of a class. */
  List<SyntheticRow> read(String labelClass, List<@Nullable String[]> rows) {
    List<SyntheticRow> read = new ArrayList<>(rows.size());
    for (@Nullable String[] row : rows) {
      double[] numbers = new double[columns.size()];
      @Nullable String[] categories = new String[columns.size()];
      int numberCount = 0;
      int categoryCount = 0;
      for (int i = 0; i < columns.size(); i++) {
        if (columns.get(i) instanceof TableColumn.Numeric number) {
          numbers[numberCount++] = number.read(row[i]);
        } else if (columns.get(i) instanceof TableColumn.Date date) {
          numbers[numberCount++] = date.read(row[i]);
        } else if (columns.get(i) instanceof TableColumn.Category) {
          categories[categoryCount++] = row[i];
        }
      }
      read.add(
          new SyntheticRow(
              ENTITY,
              Arrays.copyOf(numbers, numberCount),
              Arrays.copyOf(categories, categoryCount),
              labelClass));
    }
    return read;
  }

  /** Writes a row, one text for each column; null: missing. */
  List<@Nullable String> write(SyntheticRow row, RandomGenerator random) {
    List<@Nullable String> cells = new ArrayList<>(columns.size());
    int numbers = 0;
    int categories = 0;
    for (TableColumn column : columns) {
      if (column instanceof TableColumn.Numeric number) {
        cells.add(known(number.write(row.numbers()[numbers++])));
      } else if (column instanceof TableColumn.Date date) {
        cells.add(known(date.write(row.numbers()[numbers++])));
      } else if (column instanceof TableColumn.Category) {
        cells.add(row.categories()[categories++]);
      } else if (column instanceof TableColumn.Fixed fixed) {
        cells.add(known(fixed.text()));
      } else if (column instanceof TableColumn.Identifier identifier) {
        cells.add(identifier.format().make(random));
      } else {
        cells.add(row.labelClass());
      }
    }
    return cells;
  }

  private static @Nullable String known(String text) {
    return text.isEmpty() ? null : text;
  }
}
