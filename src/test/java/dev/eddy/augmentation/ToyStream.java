package dev.eddy.augmentation;

import dev.eddy.definition.Feature;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.event.Coordinates;
import dev.eddy.event.Event;
import dev.eddy.feature.Observation;
import dev.eddy.feature.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Two classes that differ in every field: a temperature with two decimals, a pressure that follows
 * it, a count that is mostly 0 and sometimes missing, and a mode.
 */
final class ToyStream {
  static final StreamDefinition DEFINITION =
      StreamDefinition.of(
          "toy",
          new StreamDefinition.Source("toy", StreamDefinition.Format.JSON, null, null, List.of()),
          List.of(
              Feature.number("temperature"),
              Feature.category("mode"),
              Feature.number("pressure"),
              Feature.number("errors")));

  private ToyStream() {}

  static List<Sample> samples(String labelClass, int rows, long seed) {
    boolean hot = labelClass.equals("hot");
    SplittableRandom random = new SplittableRandom(seed);
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      double x = random.nextGaussian();
      double temperature = Math.round(((hot ? 80 : 20) + 5 * x) * 100) / 100.0;
      double pressure = (hot ? -1 : 1) * x + 0.3 * random.nextGaussian();
      double errors = random.nextInt(10) < (hot ? 3 : 8) ? 0 : random.nextInt(1, 9);
      if (random.nextInt(20) == 0) {
        errors = Double.NaN;
      }
      String mode = random.nextInt(10) < (hot ? 7 : 2) ? "boost" : "eco";
      samples.add(
          sample(
              hot ? "oven" : "fridge",
              new double[] {temperature, pressure, errors},
              new String[] {mode},
              labelClass));
    }
    return samples;
  }

  static Sample sample(
      String entity, double[] numbers, @Nullable String[] categories, String labelClass) {
    Event event =
        new Event(new Coordinates("toy", 0, 0), entity, 0, numbers, categories, labelClass);
    return new Sample(new Observation(event, new double[0]), Sample.Truth.ANOMALOUS, labelClass);
  }

  static List<Sample> both(int rows, long seed) {
    List<Sample> samples = new ArrayList<>(samples("hot", rows, seed));
    samples.addAll(samples("cold", 3 * rows, seed + 1));
    return samples;
  }

  /** Fits an encoder of a single number and one entity. */
  static TokenEncoder encoderOfOneNumber(double[][] cells) {
    StreamDefinition definition =
        StreamDefinition.of("one", DEFINITION.source(), List.of(Feature.number("n")));
    List<SyntheticRow> rows = new ArrayList<>();
    for (double[] cell : cells) {
      rows.add(new SyntheticRow("e", cell, new String[0], "c"));
    }
    double[] weights = rows.stream().mapToDouble(row -> 1).toArray();
    return TokenEncoder.fit(definition, rows, weights);
  }

  /** The same rows with their classes exchanged. */
  static List<Sample> exchanged(List<Sample> samples) {
    return samples.stream()
        .map(
            sample ->
                new Sample(
                    sample.observation(),
                    sample.truth(),
                    "hot".equals(sample.labelClass()) ? "cold" : "hot"))
        .toList();
  }
}
