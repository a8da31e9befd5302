package dev.eddy.benchmarks.explain;

import dev.eddy.definition.Detection;
import dev.eddy.feature.Encoder;
import dev.eddy.feature.FeatureMatrix;
import dev.eddy.feature.Observation;
import dev.eddy.feature.Sample;
import dev.eddy.model.ModelDevice;
import dev.eddy.scoring.Contribution;
import dev.eddy.scoring.DetectionModel;
import dev.eddy.scoring.DetectionTrainer;
import dev.eddy.scoring.ScoredBatch;
import dev.eddy.scoring.Scorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Trains the whole ensemble on one table and explains planted records with it. */
final class ExplainBenchmark {
  /** Planted records start from normal ones that look ordinary: the rest of them is right. */
  private static final double ORDINARY = 0.05;

  /** A planted record is detected when one normal record in a hundred looks as anomalous. */
  private static final double DETECTED = 0.01;

  private static final int WARM_UP = 20;
  private static final int TRIES = 50;

  private final Table table;
  private final int plants;
  private final SplittableRandom random;

  ExplainBenchmark(Table table, int plants, long seed) {
    this.table = table;
    this.plants = plants;
    this.random = new SplittableRandom(seed);
  }

  /**
   * What was found.
   *
   * @param tallies by way of planting
   * @param millis of each explanation
   * @param realised share of normal records at or below each promised p-value
   * @param tested normal records that it is a share of
   */
  record Result(
      Map<Plant, Tally> tallies, List<Double> millis, Map<Double, Double> realised, int tested) {}

  Result run(List<Double> promised, ModelDevice device) {
    Encoder encoder = Encoder.fit(table.definition(), table.training());
    List<Sample> samples =
        table.training().stream()
            .map(record -> new Sample(record, Sample.Truth.NORMAL, null))
            .toList();
    DetectionModel model =
        new DetectionTrainer(Detection.DEFAULT).train(encoder, samples, random.nextLong(), device);
    try (Scorer scorer = model.open(device)) {
      double[] pValues = pValues(scorer, table.test());
      int[] ordinary =
          IntStream.range(0, pValues.length).filter(i -> pValues[i] >= ORDINARY).toArray();
      Map<Plant, Tally> tallies = new EnumMap<>(Plant.class);
      List<Double> millis = new ArrayList<>();
      for (int i = 0; i < WARM_UP; i++) {
        scorer.explain(table.test().get(i % pValues.length), null);
      }
      for (Plant plant : Plant.values()) {
        tallies.put(plant, tally(scorer, plant, ordinary, millis));
      }
      return new Result(tallies, millis, realised(pValues, promised), pValues.length);
    }
  }

  private Tally tally(Scorer scorer, Plant plant, int[] ordinary, List<Double> millis) {
    Tally tally = new Tally();
    int features = table.definition().features().size();
    int planted = 0;
    for (int tried = 0; tried < plants * TRIES && planted < plants; tried++) {
      Observation record = table.test().get(ordinary[random.nextInt(ordinary.length)]);
      int feature = random.nextInt(features);
      Observation wrong = plant.plant(table, record, feature, random).orElse(null);
      if (wrong != null) {
        planted++;
        explain(scorer, wrong, table.definition().features().get(feature).name(), tally, millis);
      }
    }
    return tally;
  }

  private static void explain(
      Scorer scorer, Observation wrong, String planted, Tally tally, List<Double> millis) {
    boolean detected = pValues(scorer, List.of(wrong))[0] <= DETECTED;
    long start = System.nanoTime();
    List<Contribution> contributions = scorer.explain(wrong, null).contributions();
    if (detected) {
      millis.add((System.nanoTime() - start) / 1e6);
    }
    Contribution first = contributions.get(0);
    tally.add(detected, first.feature().equals(planted), first.normal() != null);
  }

  private static Map<Double, Double> realised(double[] pValues, List<Double> promised) {
    Map<Double, Double> realised = new LinkedHashMap<>();
    for (double promise : promised) {
      long below = Arrays.stream(pValues).filter(p -> p <= promise).count();
      realised.put(promise, (double) below / pValues.length);
    }
    return realised;
  }

  private static double[] pValues(Scorer scorer, List<Observation> records) {
    FeatureMatrix rows = new FeatureMatrix(scorer.encoder().width(), records.size());
    records.forEach(record -> scorer.encoder().encode(record, rows));
    ScoredBatch scored = scorer.score(rows);
    return IntStream.range(0, scored.rows()).mapToDouble(scored::pValue).toArray();
  }
}
