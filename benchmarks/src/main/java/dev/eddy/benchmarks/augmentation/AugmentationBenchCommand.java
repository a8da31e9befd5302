package dev.eddy.benchmarks.augmentation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.benchmarks.RunFile;
import dev.eddy.cli.shell.ExitStatus;
import dev.eddy.cli.shell.LogLevels;
import dev.eddy.definition.StreamDefinition.GanObjective;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code eddy bench augmentation}: synthetic records against real ones, and what they lift. */
@Command(
    name = "augmentation",
    description = {
      "Measure generators on public data sets.",
      "Beside them a bootstrap of the real rows (the noise ceiling), SMOTE-NC and the copula:",
      "utility, likeness, privacy, time. With --lift: what synthetic rows of a rare class do for"
          + " classifiers, against class weights and oversampling.",
      "With --canaries: whether a detector finds as much of them as of the real rows."
    },
    mixinStandardHelpOptions = true)
public final class AugmentationBenchCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--data", required = true, description = "Folder of the data sets.")
  private Path data = Path.of(".");

  @Option(
      names = "--sets",
      split = ",",
      description = {
        "Which sets (default: adult, churn2 and bank_marketing; with --lift churn2 and nsl_kdd)."
      })
  private @Nullable List<String> sets;

  @Option(
      names = "--generators",
      split = ",",
      defaultValue = "bootstrap,smote,copula,vae,vae+labels,diffusion,gan",
      description = {
        "Which generators; also auto. With +labels: without rows whose class is unlikely to a",
        "classifier of the real rows (default: ${DEFAULT-VALUE})."
      })
  private List<String> generators = List.of();

  @Option(names = "--seeds", defaultValue = "3", description = "How many seeds (default: 3).")
  private int seeds;

  @Option(
      names = "--objective",
      defaultValue = "WASSERSTEIN",
      description = "Objective of the GAN: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private GanObjective objective = GanObjective.WASSERSTEIN;

  @Option(
      names = "--lift",
      description = "Measure lift: churn2 and NSL-KDD's r2l with 100 rows of the class and fewer.")
  private boolean lift;

  @Option(
      names = "--canaries",
      description = "Measure canaries: the attacks of NSL-KDD with 30 and 100 known rows.")
  private boolean canaries;

  @Option(
      names = "--results",
      paramLabel = "FILE",
      description = "Keep each run in this file, and do not repeat what it holds.")
  private @Nullable Path kept;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  /** Created by picocli. */
  public AugmentationBenchCommand() {}

  @Override
  public Integer call() throws JsonProcessingException {
    LogLevels.quiet();
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Map<String, Map<String, Map<String, Double>>> results = measured(err);
    if (json) {
      out.println(new ObjectMapper().writeValueAsString(results));
    } else {
      results.forEach(
          (set, byName) -> {
            out.println(set);
            byName.forEach((name, figures) -> out.println(AugmentationFigures.line(name, figures)));
          });
    }
    return ExitStatus.OK;
  }

  private Map<String, Map<String, Map<String, Double>>> measured(PrintWriter err) {
    if (canaries) {
      return new CanaryBenchmark(data, seeds, new RunFile<>(kept, CanaryRun.class), err)
          .run(generators);
    }
    return lift
        ? new LiftBenchmark(
                data, sets("churn2", "nsl_kdd"), seeds, new RunFile<>(kept, LiftRun.class), err)
            .run(generators)
        : fidelity(err);
  }

  private List<String> sets(String... defaults) {
    return sets == null ? List.of(defaults) : sets;
  }

  private Map<String, Map<String, Map<String, Double>>> fidelity(PrintWriter err) {
    Map<String, Map<String, Map<String, Double>>> results = new LinkedHashMap<>();
    RunFile<AugmentationRun> runs = new RunFile<>(kept, AugmentationRun.class);
    for (String name : sets("adult", "churn2", "bank_marketing")) {
      BenchSet set = BenchSet.read(data, name);
      Map<String, Map<String, Double>> byName = new LinkedHashMap<>();
      for (int seed = 0; seed < seeds; seed++) {
        AugmentationBenchmark benchmark = new AugmentationBenchmark(set, objective, seed);
        for (String generator : generators) {
          long number = seed;
          if (!runs.holds(run -> run.is(name, generator, number))) {
            Map<String, Double> figures = benchmark.run(generator, seed);
            err.println(name + " " + seed + " " + AugmentationFigures.line(generator, figures));
            err.flush();
            runs.add(new AugmentationRun(name, generator, seed, figures));
          }
        }
      }
      for (AugmentationRun run : runs.runs()) {
        if (run.set().equals(name) && run.seed() < seeds && generators.contains(run.generator())) {
          AugmentationFigures.add(
              byName.computeIfAbsent(run.generator(), g -> new LinkedHashMap<>()),
              run.figures(),
              seeds);
        }
      }
      results.put(name, byName);
    }
    return results;
  }
}
