package dev.eddy.benchmarks.augmentation;

import dev.eddy.augmentation.Generator;
import dev.eddy.augmentation.RealTables;
import dev.eddy.augmentation.SyntheticRow;
import dev.eddy.benchmarks.RunFile;
import dev.eddy.evaluation.DetectionMetrics;
import dev.eddy.evaluation.LabelledScore;
import dev.eddy.evaluation.quality.LiftJudge;
import dev.eddy.evaluation.quality.QualityReport.Lift;
import dev.eddy.evaluation.quality.QualityReport.Ranking;
import dev.eddy.evaluation.quality.RareClassifier;
import dev.eddy.evaluation.quality.RecordTable;
import dev.eddy.evaluation.quality.TableCode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What synthetic rows of a rare class do for a classifier: each seed draws other rare rows, trains
 * the generator on what is left, and adds as many synthetic rows as the case says. And what a
 * classifier is worth that never saw a real row.
 */
final class LiftBenchmark {
  private static final int FEWEST_TEST_ROWS = 100;

  private final Path data;
  private final List<String> sets;
  private final int seeds;
  private final RunFile<LiftRun> runs;
  private final PrintWriter err;

  /** One rare class of one set. */
  private record Case(String set, String labelClass, int rows, int added) {
    String name() {
      return set + "-" + labelClass + "-" + rows;
    }
  }

  /** A classifier, and what judges by it. */
  private record Judge(RareClassifier classifier, LiftJudge lift) {}

  /** What a generator makes: rows of the rare class, and of all classes as they were trained on. */
  private record Made(List<SyntheticRow> rare, @Nullable List<SyntheticRow> all) {}

  private static final List<Case> CASES =
      List.of(
          new Case("churn2", "1", 100, 1_500),
          new Case("churn2", "1", 50, 1_500),
          new Case("nsl_kdd", "r2l", 100, 900),
          new Case("nsl_kdd", "r2l", 30, 270));

  LiftBenchmark(Path data, List<String> sets, int seeds, RunFile<LiftRun> runs, PrintWriter err) {
    this.data = data;
    this.sets = sets;
    this.seeds = seeds;
    this.runs = runs;
    this.err = err;
  }

  /** Returns figures by generator, by case and judge. */
  Map<String, Map<String, Map<String, Double>>> run(List<String> generators) {
    Map<String, Map<String, Map<String, Double>>> results = new LinkedHashMap<>();
    for (Case one : CASES) {
      if (sets.contains(one.set())) {
        measure(one, generators);
        for (String judge : RareClassifier.byName().keySet()) {
          Map<String, Map<String, Double>> byName = new LinkedHashMap<>();
          for (String generator : generators) {
            byName.put(generator, LiftFigures.of(found(one.name(), judge, generator)));
          }
          results.put(one.name() + " " + judge, byName);
        }
      }
    }
    return results;
  }

  private List<LiftRun> found(String name, String judge, String generator) {
    return runs.runs().stream()
        .filter(run -> run.seed() < seeds && run.is(name, judge, generator, run.seed()))
        .toList();
  }

  private void measure(Case one, List<String> generators) {
    BenchSet whole = BenchSet.read(data, one.set());
    for (int seed = 0; seed < seeds; seed++) {
      BenchSet set = whole.withFewOf(one.labelClass(), one.rows(), FEWEST_TEST_ROWS, seed);
      RecordTable training = RealTables.of(set.definition(), set.training());
      RecordTable test = RealTables.of(set.definition(), set.test());
      Map<String, Judge> judges = new LinkedHashMap<>();
      for (Map.Entry<String, RareClassifier> named : RareClassifier.byName().entrySet()) {
        RareClassifier classifier = named.getValue();
        judges.put(
            named.getKey(),
            new Judge(classifier, new LiftJudge(training, test, 1, seed, classifier)));
      }
      for (String generator : generators) {
        long number = seed;
        if (judges.keySet().stream()
            .allMatch(judge -> runs.holds(run -> run.is(one.name(), judge, generator, number)))) {
          continue;
        }
        Made made = made(one, set, generator, seed);
        RecordTable rare = RealTables.of(set.definition(), made.rare());
        judges.forEach(
            (name, judge) -> {
              Lift lift = judge.lift().judge(one.labelClass(), s -> rare);
              double shared =
                  made.all() == null
                      ? Double.NaN
                      : shared(
                          judge.classifier(),
                          training,
                          RealTables.of(set.definition(), made.all()),
                          test,
                          one.labelClass(),
                          number);
              runs.add(new LiftRun(one.name(), name, generator, number, lift, shared));
              err.printf(
                  "%s %s %d %s %s, alone %.3f%n",
                  one.name(), name, number, generator, lift, shared);
              err.flush();
            });
      }
    }
  }

  private static double shared(
      RareClassifier classifier,
      RecordTable real,
      RecordTable synthetic,
      RecordTable test,
      String labelClass,
      long seed) {
    float[] weights = new float[synthetic.rows()];
    Arrays.fill(weights, 1);
    double[] scores =
        classifier.scores(new TableCode(real), synthetic, labelClass, weights, test, seed);
    int[] truth = test.isOf(labelClass);
    return DetectionMetrics.averagePrecision(
            IntStream.range(0, scores.length)
                .mapToObj(row -> LabelledScore.of(scores[row], truth[row] == 1))
                .toList())
        .orElse(0);
  }

  private static Made made(Case one, BenchSet set, String name, long seed) {
    Map<String, List<SyntheticRow>> byClass = new LinkedHashMap<>();
    set.training()
        .forEach(row -> byClass.computeIfAbsent(row.labelClass(), c -> new ArrayList<>()).add(row));
    List<SyntheticRow> ofClass = byClass.getOrDefault(one.labelClass(), List.of());
    SplittableRandom random = new SplittableRandom(seed);
    if (name.equals("smote")) {
      return new Made(Baselines.smote(ofClass, one.added(), random), null);
    }
    if (name.equals("bootstrap")) {
      return new Made(Baselines.bootstrap(ofClass, one.added(), random), null);
    }
    try (Generator generator = Generators.trained(set.definition(), set.training(), name, seed)) {
      List<SyntheticRow> all = new ArrayList<>();
      for (String labelClass : generator.classes()) {
        int rows = byClass.getOrDefault(labelClass, List.of()).size();
        all.addAll(generator.generate(labelClass, rows, seed + 1));
      }
      return new Made(generator.generate(one.labelClass(), one.added(), seed), all);
    }
  }

  /** The figures of several seeds. */
  private static final class LiftFigures {

    /** Returns means, and of the paired differences mean and standard error. */
    static Map<String, Double> of(List<LiftRun> runs) {
      Map<String, Double> figures = new LinkedHashMap<>();
      for (LiftRun run : runs) {
        Map<String, Double> own = new LinkedHashMap<>();
        add(own, "plain", run.lift().plain());
        add(own, "weighted", run.lift().weighted());
        add(own, "oversampled", run.lift().oversampled());
        add(own, "augmented", run.lift().augmented());
        own.put("aloneAp", run.sharedAp());
        AugmentationFigures.add(figures, own, runs.size());
      }
      List<Lift> lifts = runs.stream().map(LiftRun::lift).toList();
      paired(figures, "ToPlain", lifts, lift -> lift.plain().averagePrecision());
      paired(figures, "ToWeighted", lifts, lift -> lift.weighted().averagePrecision());
      paired(figures, "ToOversampled", lifts, lift -> lift.oversampled().averagePrecision());
      paired(figures, "ToBestOther", lifts, LiftFigures::bestOther);
      return figures;
    }

    private static void add(Map<String, Double> figures, String arm, Ranking ranking) {
      figures.put(arm + "Ap", ranking.averagePrecision());
      figures.put(arm + "Recall90", ranking.recallAtPrecision90());
    }

    /** Returns the best of nothing, weights and copies in one seed, which flatters it. */
    private static double bestOther(Lift lift) {
      return Math.max(
          lift.plain().averagePrecision(),
          Math.max(lift.weighted().averagePrecision(), lift.oversampled().averagePrecision()));
    }

    private static void paired(
        Map<String, Double> figures, String name, List<Lift> lifts, ToDoubleFunction<Lift> bar) {
      double[] gains =
          lifts.stream()
              .mapToDouble(lift -> lift.augmented().averagePrecision() - bar.applyAsDouble(lift))
              .toArray();
      double mean = Arrays.stream(gains).average().orElse(Double.NaN);
      double squares = Arrays.stream(gains).map(g -> (g - mean) * (g - mean)).sum();
      figures.put("gain" + name, mean);
      figures.put(
          "error" + name, Math.sqrt(squares / Math.max(1, gains.length - 1) / gains.length));
    }
  }
}
