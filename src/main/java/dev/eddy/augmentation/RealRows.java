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

  /** Returns the rows of samples that have a class, by class. */
  static Map<String, List<SyntheticRow>> byClass(List<Sample> samples) {
    Map<String, List<SyntheticRow>> byClass = new TreeMap<>();
    for (Sample sample : samples) {
      String labelClass = sample.labelClass();
      if (labelClass != null) {
        byClass
            .computeIfAbsent(labelClass, name -> new ArrayList<>())
            .add(of(sample.observation().event(), labelClass));
      }
    }
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
