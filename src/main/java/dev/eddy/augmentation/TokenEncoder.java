package dev.eddy.augmentation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eddy.definition.Feature;
import dev.eddy.definition.StreamDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The generating encoder: every field of a record as a choice among tokens, so that ties, spikes,
 * missing values and odd shapes are all learned alike. Columns are the definition's numbers, then
 * its categories, then the entity. Fitted on training records once; immutable.
 */
final class TokenEncoder {
  private static final String ENTITY = "(entity)"; // no field has this name: it is no identifier

  private final List<TokenColumn> columns;
  private final int numbers;
  private final TokenLayout layout;

  private TokenEncoder(List<TokenColumn> columns, int numbers) {
    this.columns = List.copyOf(columns);
    this.numbers = numbers;
    this.layout = new TokenLayout(columns);
  }

  /**
   * Learns the tokens of each field.
   *
   * @param weights one for each row
   */
  static TokenEncoder fit(StreamDefinition definition, List<SyntheticRow> rows, double[] weights) {
    List<TokenColumn> columns = new ArrayList<>();
    List<Feature> numbers = definition.numbers();
    for (int i = 0; i < numbers.size(); i++) {
      int number = i;
      double[] cells = rows.stream().mapToDouble(row -> row.numbers()[number]).toArray();
      columns.add(NumberColumn.fit(numbers.get(i).name(), cells, weights));
    }
    List<Feature> categories = definition.categories();
    for (int i = 0; i < categories.size(); i++) {
      int category = i;
      @Nullable String[] cells =
          rows.stream().map(row -> row.categories()[category]).toArray(String[]::new);
      columns.add(CategoryColumn.fit(categories.get(i).name(), cells));
    }
    columns.add(
        CategoryColumn.fit(ENTITY, rows.stream().map(SyntheticRow::entity).toArray(String[]::new)));
    return new TokenEncoder(columns, numbers.size());
  }

  /** Reads what {@link #write} wrote. */
  static TokenEncoder read(JsonNode json) {
    List<TokenColumn> columns = new ArrayList<>();
    int numbers = 0;
    for (JsonNode column : json) {
      if (column.required("kind").asText().equals("number")) {
        columns.add(NumberColumn.read(column));
        numbers++;
      } else {
        columns.add(CategoryColumn.read(column));
      }
    }
    return new TokenEncoder(columns, numbers);
  }

  /** Appends every column. */
  void write(ArrayNode json) {
    for (TokenColumn column : columns) {
      ObjectNode node = json.addObject();
      column.write(node);
    }
  }

  /** Returns whether the columns are those of a definition. */
  boolean isOf(StreamDefinition definition) {
    List<String> names = new ArrayList<>();
    definition.numbers().forEach(feature -> names.add(feature.name()));
    definition.categories().forEach(feature -> names.add(feature.name()));
    names.add(ENTITY);
    return numbers == definition.numbers().size()
        && names.equals(columns.stream().map(TokenColumn::name).toList());
  }

  /** Returns the columns, in order. */
  List<TokenColumn> columns() {
    return columns;
  }

  /** Returns where each column's tokens are among all. */
  TokenLayout layout() {
    return layout;
  }

  /** Returns how many of the columns are numbers; they come first. */
  int numbers() {
    return numbers;
  }

  /** Returns one token for each column, each counted from its column's first. */
  int[] encode(SyntheticRow row) {
    int[] tokens = new int[columns.size()];
    for (int column = 0; column < tokens.length; column++) {
      if (columns.get(column) instanceof NumberColumn number) {
        tokens[column] = number.token(row.numbers()[column]);
      } else if (columns.get(column) instanceof CategoryColumn category) {
        tokens[column] = category.token(category(row, column));
      }
    }
    return tokens;
  }

  /** Returns the value of a category or of the entity, by the column's place. */
  @Nullable String category(SyntheticRow row, int column) {
    return column < columns.size() - 1 ? row.categories()[column - numbers] : row.entity();
  }

  /** Returns the name of a column whose value could not have come out of {@link #decode}. */
  @Nullable String unknown(SyntheticRow row) {
    if (row.numbers().length != numbers
        || row.categories().length != columns.size() - numbers - 1) {
      return "the number of fields";
    }
    for (int column = 0; column < columns.size() - 1; column++) {
      boolean known =
          columns.get(column) instanceof NumberColumn number
              ? number.knows(row.numbers()[column])
              : ((CategoryColumn) columns.get(column)).knows(category(row, column));
      if (!known) {
        return columns.get(column).name();
      }
    }
    return null;
  }

  /**
   * Makes a record of tokens.
   *
   * @param random draws the ranks inside bins
   */
  SyntheticRow decode(int[] tokens, String labelClass, RandomGenerator random) {
    double[] numberCells = new double[numbers];
    @Nullable String[] categoryCells = new String[columns.size() - numbers - 1];
    String entity = labelClass; // where no entity has enough records to be named
    for (int column = 0; column < tokens.length; column++) {
      if (columns.get(column) instanceof NumberColumn number) {
        numberCells[column] = number.value(tokens[column], random.nextDouble());
      } else if (columns.get(column) instanceof CategoryColumn category) {
        String value = category.value(tokens[column]);
        if (column < columns.size() - 1) {
          categoryCells[column - numbers] = value;
        } else if (value != null) {
          entity = value;
        }
      }
    }
    return new SyntheticRow(entity, numberCells, categoryCells, labelClass);
  }
}
