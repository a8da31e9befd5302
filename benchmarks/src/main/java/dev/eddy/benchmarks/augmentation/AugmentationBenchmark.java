package dev.eddy.benchmarks.augmentation;

import dev.eddy.augmentation.Generator;
import dev.eddy.augmentation.GeneratorModel;
import dev.eddy.augmentation.GeneratorSettings;
import dev.eddy.augmentation.GeneratorTrainer;
import dev.eddy.augmentation.Guidance;
import dev.eddy.augmentation.GuidedGenerator;
import dev.eddy.augmentation.RealTables;
import dev.eddy.augmentation.SyntheticRow;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.definition.StreamDefinition.GanObjective;
import dev.eddy.definition.StreamDefinition.Generation;
import dev.eddy.definition.StreamDefinition.GeneratorFamily;
import dev.eddy.evaluation.quality.QualityJudge;
import dev.eddy.model.ModelDevice;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Measures generators and baselines on one set. */
final class AugmentationBenchmark {
  private static final String CONSISTENT = "+labels";
  private static final double LABEL_CONSISTENCY = 0.2;
  private static final int SPEED_CHUNK = 2_048;
  private static final int AUTO_HELD_OUT = 5; // one row of so many, of the training rows

  private final BenchSet set;
  private final GanObjective objective;
  private final QualityJudge judge;
  private final Map<String, List<SyntheticRow>> byClass = new TreeMap<>();
  private final Map<GeneratorFamily, GeneratorModel> models = new EnumMap<>(GeneratorFamily.class);

  AugmentationBenchmark(BenchSet set, GanObjective objective, long seed) {
    this.set = set;
    this.objective = objective;
    this.judge =
        Objects.requireNonNull(
            QualityJudge.of(
                RealTables.of(set.definition(), set.training()),
                RealTables.of(set.definition(), set.test()),
                QualityJudge.Limits.REPORT,
                seed));
    set.training()
        .forEach(row -> byClass.computeIfAbsent(row.labelClass(), c -> new ArrayList<>()).add(row));
  }

  /**
   * Measures a generator's family, {@code auto}, {@code bootstrap} or {@code smote}; a family with
   * {@value #CONSISTENT} after its name without the rows whose class is unlikely to a classifier.
   */
  Map<String, Double> run(String name, long seed) {
    return switch (name) {
      case "bootstrap", "smote" -> baseline(name, seed);
      default -> {
        boolean consistent = name.endsWith(CONSISTENT);
        String family = consistent ? name.substring(0, name.length() - CONSISTENT.length()) : name;
        yield generator(GeneratorFamily.valueOf(family.toUpperCase(Locale.ROOT)), consistent, seed);
      }
    };
  }

  private Map<String, Double> baseline(String name, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<SyntheticRow> rows = new ArrayList<>();
    byClass.forEach(
        (labelClass, real) ->
            rows.addAll(
                name.equals("smote")
                    ? Baselines.smote(real, real.size(), random)
                    : Baselines.bootstrap(real, real.size(), random)));
    return judged(rows);
  }

  private Map<String, Double> judged(List<SyntheticRow> rows) {
    return AugmentationFigures.of(judge.judge(RealTables.of(set.definition(), rows)));
  }

  private Map<String, Double> generator(GeneratorFamily family, boolean consistent, long seed) {
    GeneratorModel model = models.computeIfAbsent(family, f -> train(f, seed));
    List<SyntheticRow> rows = new ArrayList<>();
    Map<String, Double> figures;
    try (Generator generator = model.open(ModelDevice.CPU)) {
      GuidedGenerator guided =
          new GuidedGenerator(
              generator, consistent ? model.guidance(definition(family), Map.of()) : Guidance.FREE);
      byClass.forEach(
          (labelClass, real) -> rows.addAll(guided.draw(labelClass, real.size(), seed).rows()));
      figures = judged(rows);
      figures.put(
          "trainSeconds",
          model.gate().candidates().stream()
              .filter(candidate -> family == GeneratorFamily.AUTO || isOf(candidate, family))
              .mapToDouble(candidate -> candidate.trainSeconds())
              .sum());
      figures.put("rowsPerSecond", rate(generator, seed));
    }
    figures.put("picked." + model.gate().recipe().name().toLowerCase(Locale.ROOT), 1.0);
    figures.put("incidents", (double) model.gate().incidents().size());
    return figures;
  }

  private StreamDefinition definition(GeneratorFamily family) {
    Generation generation =
        new Generation(family, Generators.LONGEST_TRAINING, objective, 0, LABEL_CONSISTENCY);
    return set.definition().withAugmentation(set.definition().augmentation().with(generation));
  }

  /**
   * Trains with a classifier for the rows that are to be consistent; the network has none of it.
   */
  private GeneratorModel train(GeneratorFamily family, long seed) {
    StreamDefinition definition = definition(family);
    GeneratorTrainer trainer =
        new GeneratorTrainer(GeneratorSettings.of(definition.augmentation().generation()));
    List<SyntheticRow> training = new ArrayList<>();
    List<SyntheticRow> heldOut = new ArrayList<>();
    for (int i = 0; i < set.training().size(); i++) {
      boolean kept = family == GeneratorFamily.AUTO && i % AUTO_HELD_OUT == 0;
      (kept ? heldOut : training).add(set.training().get(i));
    }
    return trainer.trainOn(definition, training, heldOut, seed, ModelDevice.CPU);
  }

  private static boolean isOf(
      dev.eddy.augmentation.GateReport.Candidate candidate, GeneratorFamily family) {
    return candidate.recipe().name().equals(family.name());
  }

  /** Returns rows a CPU second, records and all, after a first call. */
  private double rate(Generator generator, long seed) {
    String labelClass = generator.classes().get(0);
    generator.generate(labelClass, SPEED_CHUNK, seed);
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    long rows = 0;
    double seconds;
    do {
      generator.generate(labelClass, SPEED_CHUNK, seed + rows);
      rows += SPEED_CHUNK;
      seconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e9;
    } while (seconds < 1);
    return rows / seconds;
  }
}
