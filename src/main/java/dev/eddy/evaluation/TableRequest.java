package dev.eddy.evaluation;

import static java.util.Objects.requireNonNull;

import dev.eddy.definition.StreamDefinition;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted of a labelled file.
 *
 * @param label the column that holds the truth
 * @param entity the column that names the entity; null: the definition's, or none
 * @param timestamp the column with the event time; null: the definition's, or none
 * @param definition says which columns count and how; null: found out from the first rows
 * @param ignored columns that are not looked at; each must be one of the file
 * @param normal values of the label that mean "no anomaly"; empty: found out
 * @param maximumRows rows to keep, at most; of more, each has the same chance to be kept
 * @param seed of that chance
 */
public record TableRequest(
    String label,
    @Nullable String entity,
    @Nullable String timestamp,
    @Nullable StreamDefinition definition,
    Set<String> ignored,
    Set<String> normal,
    int maximumRows,
    long seed) {
  /** Rows that are kept at most, unless asked otherwise. */
  public static final int MAXIMUM_ROWS = 1_000_000;

  /** Checks that what is needed is there, and copies the sets. */
  public TableRequest {
    requireNonNull(label, "label");
    ignored = Set.copyOf(ignored);
    normal = Set.copyOf(normal);
    if (maximumRows < 1) {
      throw new IllegalArgumentException("maximumRows must be >= 1, got " + maximumRows);
    }
  }

  /** Only a label column; everything else is found out. */
  public static TableRequest of(String label, long seed) {
    return new TableRequest(label, null, null, null, Set.of(), Set.of(), MAXIMUM_ROWS, seed);
  }

  /** The same file as a series: rows of an entity follow one another in time. */
  public TableRequest withSeries(@Nullable String entity, @Nullable String timestamp) {
    return new TableRequest(
        label, entity, timestamp, definition, ignored, normal, maximumRows, seed);
  }

  /** The same without some columns. */
  public TableRequest withIgnored(Set<String> ignored) {
    return new TableRequest(
        label, entity, timestamp, definition, ignored, normal, maximumRows, seed);
  }

  /**
   * The same for another file of the same kind as a table that was read before: only columns that
   * count need to be in it.
   */
  public TableRequest like(LabelledTable table) {
    return new TableRequest(
        label, null, null, table.definition(), Set.of(), table.normal(), maximumRows, seed);
  }

  /** Returns whether what came before a row counts. */
  boolean series() {
    return entity != null || timestamp != null;
  }
}
