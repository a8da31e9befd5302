package dev.eddy.feature;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How one feature is written into its cells of a row and read back. Immutable. */
sealed interface FeatureCode permits NumberCode, CategoryCode {

  /** Returns how many cells there are. */
  int width();

  /** Adds a description of each cell. */
  void describe(int feature, List<EncodedColumn> columns);

  /** Writes the cells from {@code start} on, all of which are 0. */
  void encode(Observation observation, float[] row, int start);

  /** Says in source units what the cells from {@code start} on hold; null: missing. */
  @Nullable String decode(float[] row, int start);

  /** Returns the place of a number on its scale; a category has none. */
  default double place(double number) {
    throw new IllegalStateException("category must not be asked for a place");
  }

  /** Returns the number at a place on its scale; a category has none. */
  default double number(double place) {
    throw new IllegalStateException("category must not be asked for a number");
  }

  /** Writes all that was learned. */
  void write(ObjectNode target);
}
