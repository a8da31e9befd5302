package dev.eddy.augmentation;

import dev.eddy.event.Event;
import dev.eddy.feature.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Real records in the shape of generated ones, so that both are measured alike. */
final class RealRows {
  private RealRows() {}

  /** Returns the rows of samples that have a class. */
  static List<SyntheticRow> of(List<Sample> samples) {
    List<SyntheticRow> rows = new ArrayList<>();
    for (Sample sample : samples) {
      String labelClass = sample.labelClass();
      if (labelClass != null) {
        rows.add(of(sample.observation().event(), labelClass));
      }
    }
    return rows;
  }

  /** Returns the rows by class. */
  static Map<String, List<SyntheticRow>> byClass(List<SyntheticRow> rows) {
    Map<String, List<SyntheticRow>> byClass = new TreeMap<>();
    rows.forEach(
        row -> byClass.computeIfAbsent(row.labelClass(), name -> new ArrayList<>()).add(row));
    return byClass;
  }

  private static SyntheticRow of(Event event, String labelClass) {
    double[] numbers = new double[event.numberCount()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = event.number(i);
    }
    @Nullable String[] categories = new String[event.categoryCount()];
    for (int i = 0; i < categories.length; i++) {
      categories[i] = event.category(i);
    }
    return new SyntheticRow(event.entity(), numbers, categories, labelClass);
  }
}
