package dev.eddy.benchmarks.augmentation;

import dev.eddy.augmentation.Generator;
import dev.eddy.augmentation.GeneratorSettings;
import dev.eddy.augmentation.GeneratorTrainer;
import dev.eddy.augmentation.RealTables;
import dev.eddy.augmentation.SyntheticRow;
import dev.eddy.benchmarks.RunFile;
import dev.eddy.definition.StreamDefinition.GanObjective;
import dev.eddy.definition.StreamDefinition.Generation;
import dev.eddy.definition.StreamDefinition.GeneratorFamily;
import dev.eddy.evaluation.quality.LiftJudge;
import dev.eddy.evaluation.quality.QualityReport.Lift;
import dev.eddy.model.ModelDevice;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What synthetic rows of a rare class do for gradient boosting: each seed draws other rare rows,
 * trains the generator on them and adds three synthetic rows for each real one of the class, or as
 * many as the case says.
 */
final class LiftBenchmark {
  private final Path data;
  private final int seeds;
  private final RunFile<LiftRun> runs;
  private final PrintWriter err;

  /** One rare class of one set. */
  private record Case(String name, String set, String labelClass, int rows, int added) {}

  private static final List<Case> CASES =
      List.of(
          new Case("churn2-100", "churn2", "1", 100, 1_500),
          new Case("churn2-50", "churn2", "1", 50, 1_500),
          new Case("nsl_kdd-r2l-30", "nsl_kdd", "r2l", 30, 270));

  LiftBenchmark(Path data, int seeds, RunFile<LiftRun> runs, PrintWriter err) {
    this.runs = runs;
    this.data = data;
    this.seeds = seeds;
    this.err = err;
  }

  Map<String, Map<String, Map<String, Double>>> run(List<String> generators) {
    Map<String, Map<String, Map<String, Double>>> results = new LinkedHashMap<>();
    for (Case one : CASES) {
      BenchSet whole = BenchSet.read(data, one.set());
      Map<String, List<Lift>> lifts = new LinkedHashMap<>();
      for (int seed = 0; seed < seeds; seed++) {
        BenchSet set = whole.withFewOf(one.labelClass(), one.rows(), seed);
        for (String generator : generators) {
          long number = seed;
          if (!runs.holds(run -> run.is(one.name(), generator, number))) {
            Lift lift = lift(one, set, generator, seed);
            err.printf("%s %d %s %s%n", one.name(), seed, generator, lift);
            err.flush();
            runs.add(new LiftRun(one.name(), generator, seed, lift));
          }
        }
      }
      for (LiftRun run : runs.runs()) {
        if (run.name().equals(one.name())
            && run.seed() < seeds
            && generators.contains(run.generator())) {
          lifts.computeIfAbsent(run.generator(), g -> new ArrayList<>()).add(run.lift());
        }
      }
      Map<String, Map<String, Double>> byName = new LinkedHashMap<>();
      lifts.forEach((generator, some) -> byName.put(generator, figures(some)));
      results.put(one.name(), byName);
    }
    return results;
  }

  private static Lift lift(Case one, BenchSet set, String name, long seed) {
    LiftJudge judge =
        new LiftJudge(
            RealTables.of(set.definition(), set.training()),
            RealTables.of(set.definition(), set.test()),
            1,
            seed);
    List<SyntheticRow> ofClass =
        set.training().stream().filter(row -> row.labelClass().equals(one.labelClass())).toList();
    if (name.equals("smote") || name.equals("bootstrap")) {
      SplittableRandom random = new SplittableRandom(seed);
      List<SyntheticRow> rows =
          name.equals("smote")
              ? Baselines.smote(ofClass, one.added(), random)
              : Baselines.bootstrap(ofClass, one.added(), random);
      return judge.judge(one.labelClass(), s -> RealTables.of(set.definition(), rows));
    }
    Generation generation =
        new Generation(
            GeneratorFamily.valueOf(name.toUpperCase(Locale.ROOT)),
            Duration.ofMinutes(10),
            GanObjective.WASSERSTEIN,
            0,
            0);
    try (Generator generator =
        new GeneratorTrainer(GeneratorSettings.of(generation))
            .trainOn(set.definition(), set.training(), List.of(), seed, ModelDevice.CPU)
            .open(ModelDevice.CPU)) {
      return judge.judge(
          one.labelClass(),
          s ->
              RealTables.of(
                  set.definition(), generator.generate(one.labelClass(), one.added(), s)));
    }
  }

  /** Returns means, and of the paired differences mean and standard error. */
  private static Map<String, Double> figures(List<Lift> lifts) {
    Map<String, Double> figures = new LinkedHashMap<>();
    for (Lift lift : lifts) {
      Map<String, Double> own = new LinkedHashMap<>();
      own.put("plainAp", lift.plain().averagePrecision());
      own.put("weightedAp", lift.weighted().averagePrecision());
      own.put("oversampledAp", lift.oversampled().averagePrecision());
      own.put("augmentedAp", lift.augmented().averagePrecision());
      own.put("plainRecall90", lift.plain().recallAtPrecision90());
      own.put("weightedRecall90", lift.weighted().recallAtPrecision90());
      own.put("oversampledRecall90", lift.oversampled().recallAtPrecision90());
      own.put("augmentedRecall90", lift.augmented().recallAtPrecision90());
      AugmentationFigures.add(figures, own, lifts.size());
    }
    paired(figures, "ToPlain", lifts.stream().map(Lift::plain).toList(), lifts);
    paired(figures, "ToWeighted", lifts.stream().map(Lift::weighted).toList(), lifts);
    paired(figures, "ToOversampled", lifts.stream().map(Lift::oversampled).toList(), lifts);
    return figures;
  }

  private static void paired(
      Map<String, Double> figures,
      String name,
      List<dev.eddy.evaluation.quality.QualityReport.Ranking> bars,
      List<Lift> lifts) {
    double[] gains = new double[lifts.size()];
    for (int i = 0; i < gains.length; i++) {
      gains[i] = lifts.get(i).augmented().averagePrecision() - bars.get(i).averagePrecision();
    }
    double mean = java.util.Arrays.stream(gains).average().orElse(Double.NaN);
    double squares = java.util.Arrays.stream(gains).map(g -> (g - mean) * (g - mean)).sum();
    figures.put("gain" + name, mean);
    figures.put("error" + name, Math.sqrt(squares / Math.max(1, gains.length - 1) / gains.length));
  }
}
