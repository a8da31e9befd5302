package dev.eddy.benchmarks.augmentation;

import dev.eddy.augmentation.Generator;
import dev.eddy.augmentation.SyntheticRow;
import dev.eddy.benchmarks.RunFile;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.definition.StreamDefinition.Context;
import dev.eddy.evaluation.ScoredRows;
import dev.eddy.event.Coordinates;
import dev.eddy.event.Event;
import dev.eddy.feature.Encoder;
import dev.eddy.feature.FeatureMatrix;
import dev.eddy.feature.Observation;
import dev.eddy.feature.Sample;
import dev.eddy.model.ModelDevice;
import dev.eddy.scoring.DetectionModel;
import dev.eddy.scoring.DetectionTrainer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Canaries: does the share of synthetic records of an attack that a detector finds say what it will
 * find of the real attack? Few records of each attack of NSL-KDD are known; a generator learns from
 * them; the detector never sees an attack. Each part of the ensemble alarms above the score that 1
 * % of fresh normal rows exceed, and counts what it finds among synthetic rows, among the known
 * ones, and among the real rows that nobody has seen.
 */
final class CanaryBenchmark {
  private static final String SET = "nsl_kdd_attacks";
  private static final String NORMAL = "normal";
  private static final List<Integer> KNOWN = List.of(30, 100);
  private static final int FEWEST_ROWS = 150; // of an attack: 100 known, 50 to test on
  private static final int NORMAL_ROWS = 4_000;
  private static final int CANARIES = 500;
  private static final int MOST_TEST_ROWS = 1_000;
  private static final double FALSE_ALARMS = 0.01;
  static final String REAL = "real";
  static final String FUSED = "fused";

  private final BenchSet set;
  private final StreamDefinition definition;
  private final int seeds;
  private final RunFile<CanaryRun> runs;
  private final PrintWriter err;

  CanaryBenchmark(Path data, int seeds, RunFile<CanaryRun> runs, PrintWriter err) {
    this.set = BenchSet.read(data, SET);
    this.definition = set.definition().withContext(Context.NONE); // rows stand for themselves
    this.seeds = seeds;
    this.runs = runs;
    this.err = err;
  }

  /** Returns figures by kind of rows, by number of known rows. */
  Map<String, Map<String, Map<String, Double>>> run(List<String> generators) {
    List<String> kinds = new ArrayList<>(List.of(REAL, "known"));
    kinds.addAll(generators);
    for (long seed = 0; seed < seeds; seed++) {
      long number = seed;
      if (!KNOWN.stream()
          .allMatch(
              known ->
                  kinds.stream()
                      .allMatch(kind -> runs.holds(run -> run.is(known, kind, number))))) {
        measure(kinds, seed);
      }
    }
    Map<String, Map<String, Map<String, Double>>> results = new LinkedHashMap<>();
    for (int known : KNOWN) {
      Map<String, Map<String, Double>> byKind = new LinkedHashMap<>();
      for (String kind : kinds.subList(1, kinds.size())) {
        byKind.put(kind, CanaryFigures.of(runs.runs(), known, kind, seeds));
      }
      results.put("%s, %d known".formatted(SET, known), byKind);
    }
    return results;
  }

  private void measure(List<String> kinds, long seed) {
    Map<String, List<SyntheticRow>> byClass = shuffled(seed);
    List<SyntheticRow> normal = byClass.getOrDefault(NORMAL, List.of());
    byClass.remove(NORMAL);
    byClass.values().removeIf(rows -> rows.size() < FEWEST_ROWS);
    List<Sample> training =
        IntStream.range(0, NORMAL_ROWS)
            .mapToObj(i -> new Sample(observation(normal.get(i), i), Sample.Truth.NORMAL, null))
            .toList();
    Encoder encoder = Encoder.fit(definition, training.stream().map(Sample::observation).toList());
    DetectionModel model =
        new DetectionTrainer(definition.detection().withTrainingBudget(Duration.ofHours(1)))
            .train(encoder, training, seed, ModelDevice.CPU);
    Map<String, double[]> fresh =
        scores(encoder, model, normal.subList(NORMAL_ROWS, normal.size()));
    Map<String, Double> thresholds = new LinkedHashMap<>();
    fresh.forEach((part, scores) -> thresholds.put(part, threshold(scores)));
    for (int known : KNOWN) {
      for (String kind : kinds) {
        if (!runs.holds(run -> run.is(known, kind, seed))) {
          rows(kind, byClass, known, seed)
              .forEach(
                  (attack, rows) ->
                      runs.add(
                          new CanaryRun(
                              known,
                              kind,
                              attack,
                              seed,
                              rates(scores(encoder, model, rows), thresholds))));
        }
      }
      err.printf("canaries, seed %d, %d known: done%n", seed, known);
      err.flush();
    }
  }

  private Map<String, List<SyntheticRow>> shuffled(long seed) {
    Map<String, List<SyntheticRow>> byClass = new TreeMap<>();
    for (List<SyntheticRow> rows : List.of(set.training(), set.test())) {
      rows.forEach(
          row -> byClass.computeIfAbsent(row.labelClass(), c -> new ArrayList<>()).add(row));
    }
    byClass.values().forEach(rows -> Collections.shuffle(rows, new Random(seed)));
    return byClass;
  }

  private Map<String, List<SyntheticRow>> rows(
      String kind, Map<String, List<SyntheticRow>> byClass, int known, long seed) {
    Map<String, List<SyntheticRow>> chosen = new TreeMap<>();
    if (kind.equals(REAL)) {
      byClass.forEach(
          (attack, rows) ->
              chosen.put(
                  attack, rows.subList(known, Math.min(rows.size(), known + MOST_TEST_ROWS))));
      return chosen;
    }
    byClass.forEach((attack, rows) -> chosen.put(attack, rows.subList(0, known)));
    if (kind.equals("known")) {
      return chosen;
    }
    if (kind.equals("smote")) {
      SplittableRandom random = new SplittableRandom(seed);
      chosen.replaceAll((attack, rows) -> Baselines.smote(rows, CANARIES, random));
      return chosen;
    }
    List<SyntheticRow> training = chosen.values().stream().flatMap(List::stream).toList();
    try (Generator generator = Generators.trained(definition, training, kind, seed)) {
      chosen.replaceAll((attack, rows) -> generator.generate(attack, CANARIES, seed));
    }
    return chosen;
  }

  private static Observation observation(SyntheticRow row, long offset) {
    return new Observation(
        new Event(
            new Coordinates(SET, 0, offset),
            row.entity(),
            offset,
            row.numbers(),
            row.categories(),
            null),
        new double[0]);
  }

  /** Returns scores by part, and the fused ones. */
  private static Map<String, double[]> scores(
      Encoder encoder, DetectionModel model, List<SyntheticRow> rows) {
    FeatureMatrix matrix = new FeatureMatrix(encoder.width(), rows.size());
    rows.forEach(row -> encoder.encode(observation(row, 0), matrix));
    ScoredRows scored = ScoredRows.once(model, matrix, ModelDevice.CPU);
    Map<String, double[]> scores = new LinkedHashMap<>(scored.detectors());
    scores.put(FUSED, scored.fused());
    return scores;
  }

  private static double threshold(double[] scores) {
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    return sorted[(int) ((1 - FALSE_ALARMS) * sorted.length)];
  }

  private static Map<String, Double> rates(
      Map<String, double[]> scores, Map<String, Double> thresholds) {
    Map<String, Double> rates = new LinkedHashMap<>();
    scores.forEach(
        (part, some) -> {
          double threshold = thresholds.getOrDefault(part, Double.POSITIVE_INFINITY);
          rates.put(
              part, Arrays.stream(some).filter(s -> s > threshold).count() / (double) some.length);
        });
    return rates;
  }
}
