package dev.eddy.benchmarks.augmentation;

import dev.eddy.augmentation.SyntheticRow;
import dev.eddy.definition.Feature;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.event.TableFile;
import dev.eddy.event.TableRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A public data set, read and split.
 *
 * @param name short name
 * @param definition its numbers and categories
 * @param training rows to train on
 * @param test rows to measure on
 */
record BenchSet(
    String name,
    StreamDefinition definition,
    List<SyntheticRow> training,
    List<SyntheticRow> test) {
  private static final long MULTIPLIER = 2_654_435_761L;
  private static final double TEST_SHARE = 0.2;

  /** Where a set lies and what is in it. */
  private record Source(String file, String label, Set<String> leftOut) {}

  /** Copies the lists. */
  BenchSet {
    training = List.copyOf(training);
    test = List.copyOf(test);
  }

  private static Source source(String name) {
    return switch (name) {
      case "adult" -> new Source("adult/adult.csv.gz", "label", Set.of("split"));
      case "churn2" -> new Source("churn2/churn_modelling.csv.gz", "label", Set.of("CustomerId"));
      case "bank_marketing" -> new Source("bank_marketing/bank_full.csv.gz", "label", Set.of());
      case "nsl_kdd" ->
          new Source("nsl_kdd/train20.csv.gz", "family", Set.of("difficulty", "attack", "label"));
      case "nsl_kdd_attacks" ->
          new Source("nsl_kdd/train20.csv.gz", "attack", Set.of("difficulty", "family", "label"));
      default ->
          throw new IllegalArgumentException(
              "set must be adult, churn2, bank_marketing, nsl_kdd or nsl_kdd_attacks, got " + name);
    };
  }

  /** Reads a set of a folder; the split is the set's own, or that of the row's number. */
  static BenchSet read(Path folder, String name) {
    Source source = source(name);
    List<TableRow> rows = new ArrayList<>();
    try (TableFile file = TableFile.open(folder.resolve(source.file()))) {
      file.forEachRemaining(rows::add);
    }
    List<Feature> features = new ArrayList<>();
    for (String column : rows.get(0).values().keySet()) {
      if (!column.equals(source.label()) && !source.leftOut().contains(column)) {
        boolean number = rows.stream().allMatch(row -> isNumber(row.values().get(column)));
        features.add(number ? Feature.number(column) : Feature.category(column));
      }
    }
    StreamDefinition definition =
        StreamDefinition.of(
            name,
            new StreamDefinition.Source(name, StreamDefinition.Format.JSON, null, null, List.of()),
            features);
    List<SyntheticRow> training = new ArrayList<>();
    List<SyntheticRow> test = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      (isTest(rows.get(i), i) ? test : training).add(row(definition, rows.get(i), source.label()));
    }
    return new BenchSet(name, definition, training, test);
  }

  private static boolean isNumber(@Nullable Object value) {
    if (value == null) {
      return true;
    }
    try {
      return Double.isFinite(Double.parseDouble(value.toString()));
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean isTest(TableRow row, int index) {
    Object split = row.values().get("split");
    return split != null
        ? split.equals("test")
        : ((index * MULTIPLIER) & 0xffffffffL) < TEST_SHARE * 0x1p32;
  }

  private static SyntheticRow row(StreamDefinition definition, TableRow row, String label) {
    double[] numbers =
        definition.numbers().stream()
            .mapToDouble(feature -> number(row.values().get(feature.name())))
            .toArray();
    @Nullable String[] categories =
        definition.categories().stream()
            .map(feature -> row.values().get(feature.name()))
            .map(value -> value == null ? null : value.toString())
            .toArray(String[]::new);
    Object labelClass = Objects.requireNonNull(row.values().get(label), label);
    return new SyntheticRow("", numbers, categories, labelClass.toString());
  }

  private static double number(@Nullable Object value) {
    return value == null ? Double.NaN : Double.parseDouble(value.toString());
  }

  /**
   * Returns it with at most so many training rows of a class, a random choice. Where fewer rows of
   * the class than so many are there to test on, those that are left out are tested on too.
   */
  BenchSet withFewOf(String labelClass, int most, int fewestTestRows, long seed) {
    List<SyntheticRow> few = new ArrayList<>(ofClass(training, labelClass));
    Collections.shuffle(few, new Random(seed));
    int used = Math.min(most, few.size());
    List<SyntheticRow> kept =
        new ArrayList<>(
            training.stream().filter(row -> !row.labelClass().equals(labelClass)).toList());
    kept.addAll(few.subList(0, used));
    List<SyntheticRow> tested = new ArrayList<>(test);
    if (ofClass(test, labelClass).size() < fewestTestRows) {
      tested.addAll(few.subList(used, few.size()));
    }
    return new BenchSet(name, definition, kept, tested);
  }

  private static List<SyntheticRow> ofClass(List<SyntheticRow> rows, String labelClass) {
    return rows.stream().filter(row -> row.labelClass().equals(labelClass)).toList();
  }
}
