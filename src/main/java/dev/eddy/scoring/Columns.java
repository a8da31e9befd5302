package dev.eddy.scoring;

import dev.eddy.feature.EncodedColumn;
import dev.eddy.feature.Encoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The columns that the networks of a model read, in their order: those of the encoder that differed
 * in training. A network goes on from an earlier one only where each of its inputs is still the
 * same column; how the column is scaled may change a little, and is learned again.
 */
record Columns(List<EncodedColumn> kept) {

  static Columns of(Encoder encoder, Standardizer standardizer) {
    return new Columns(
        Arrays.stream(standardizer.columns()).mapToObj(encoder.columns()::get).toList());
  }

  /** Returns the difference in words; empty where the columns are the same. */
  List<String> changesFrom(Columns earlier) {
    List<String> changes = new ArrayList<>();
    kept.stream()
        .filter(column -> !earlier.kept.contains(column))
        .forEach(column -> changes.add("column %s added".formatted(column.name())));
    earlier.kept.stream()
        .filter(column -> !kept.contains(column))
        .forEach(column -> changes.add("column %s removed".formatted(column.name())));
    if (changes.isEmpty() && !equals(earlier)) {
      changes.add("columns in another order");
    }
    return changes;
  }
}
