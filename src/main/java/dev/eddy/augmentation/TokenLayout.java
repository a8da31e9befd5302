package dev.eddy.augmentation;

import java.util.List;
import java.util.stream.IntStream;

/** Some columns and where the tokens of each stand among the tokens of all. Immutable. */
final class TokenLayout {
  private final List<TokenColumn> columns;
  private final int[] offsets;

  TokenLayout(List<TokenColumn> columns) {
    this.columns = List.copyOf(columns);
    this.offsets = new int[columns.size() + 1];
    for (int column = 0; column < columns.size(); column++) {
      offsets[column + 1] = offsets[column] + columns.get(column).tokens();
    }
  }

  /** Returns the columns, in order. */
  List<TokenColumn> columns() {
    return columns;
  }

  /** Returns the number of tokens of all columns together. */
  int width() {
    return offsets[columns.size()];
  }

  /** Returns the place of a column's first token among all tokens. */
  int offset(int column) {
    return offsets[column];
  }

  /** Returns the places at which one column ends and the next begins. */
  long[] cuts() {
    return IntStream.range(1, columns.size()).mapToLong(column -> offsets[column]).toArray();
  }

  /** Returns the layout of some of its columns alone. */
  TokenLayout select(int[] some) {
    return new TokenLayout(IntStream.of(some).mapToObj(columns::get).toList());
  }
}
