package dev.eddy.benchmarks.detection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.benchmarks.RunFile;
import dev.eddy.cli.shell.DetectorsOption;
import dev.eddy.cli.shell.ExitStatus;
import dev.eddy.cli.shell.LogLevels;
import dev.eddy.cli.shell.UsageException;
import dev.eddy.cli.shell.Words;
import dev.eddy.definition.Detection;
import dev.eddy.evaluation.DetectionEvaluation;
import dev.eddy.evaluation.DetectionReport;
import dev.eddy.evaluation.EvaluationSplit;
import dev.eddy.evaluation.LabelledTable;
import dev.eddy.evaluation.TableRequest;
import dev.eddy.event.TableFile;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.TrainingListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code eddy bench detection}: quality on public sets, by setting, set and seed. */
@Command(
    name = "detection",
    description = {
      "Measure how well the detector tells anomalies from normal rows.",
      "On a folder of labelled sets (.csv.gz, column label), with Isolation Forest, kNN and PCA on"
          + " the same splits."
    },
    mixinStandardHelpOptions = true)
public final class DetectionBenchCommand implements Callable<Integer> {
  private static final String LABEL = "label";
  private static final String SUFFIX = ".csv.gz";

  /** Sub-labels and markers of the public sets, which are no features. */
  private static final Set<String> MARKERS =
      Set.of("attack", "family", "difficulty", "split", "label_point", "changepoint");

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Folder with the sets, and published_aucroc.csv and published_aucpr.csv.")
  private @Nullable Path data;

  @Option(names = "--sets", paramLabel = "SET", split = ",", description = "Only these sets.")
  private @Nullable List<String> sets;

  @Option(
      names = "--settings",
      paramLabel = "S",
      split = ",",
      defaultValue = "contaminated,one-class,labelled-1,labelled-5,labelled-10,labelled-25",
      description = "contaminated, one-class, labelled-P (default: ${DEFAULT-VALUE}).")
  private List<String> settings = List.of();

  @Option(names = "--seeds", defaultValue = "3", description = "Seeds 0 to N-1 (default: 3).")
  private int seeds;

  @Mixin private final DetectorsOption detectors = new DetectorsOption();

  @Option(
      names = "--results",
      paramLabel = "FILE",
      description = "Keep each run in this file, and do not repeat what it holds.")
  private @Nullable Path results;

  @Option(
      names = "--device",
      defaultValue = "cpu",
      description = "auto, cpu or gpu:N (default: ${DEFAULT-VALUE}).")
  private String device = "cpu";

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  /** Created by picocli. */
  public DetectionBenchCommand() {}

  @Override
  public Integer call() throws IOException {
    LogLevels.quiet();
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    List<Setting> asked = settings();
    Detection ensemble = unhurried(detectors.applyTo(Detection.DEFAULT));
    String parts = parts(ensemble);
    RunFile<DetectionRun> runs = new RunFile<>(results, DetectionRun.class);
    List<String> names = sets == null ? found() : sets;
    for (long seed = 0; seed < seeds; seed++) {
      for (Setting setting : asked) {
        for (String set : names) {
          long number = seed;
          if (!runs.holds(run -> run.is(set, setting.name(), number, parts))) {
            DetectionRun run = run(set, setting, seed, ensemble);
            runs.add(run);
            err.println(DetectionTables.line(run));
          }
        }
      }
    }
    DetectionTables tables =
        new DetectionTables(
            runs.runs().stream().filter(run -> run.isOf(parts)).toList(),
            Published.read(Objects.requireNonNull(data)));
    out.println(json ? toJson(tables, asked) : tables.markdown(asked));
    return ExitStatus.OK;
  }

  private List<Setting> settings() {
    try {
      return settings.stream().map(Setting::of).toList();
    } catch (IllegalArgumentException e) {
      throw new UsageException(Objects.requireNonNull(e.getMessage()));
    }
  }

  private static String toJson(DetectionTables tables, List<Setting> asked)
      throws JsonProcessingException {
    return new ObjectMapper().writeValueAsString(tables.json(asked));
  }

  private List<String> found() throws IOException {
    try (Stream<Path> files = Files.list(Objects.requireNonNull(data))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .sorted()
          .toList();
    }
  }

  private DetectionRun run(String set, Setting setting, long seed, Detection ensemble) {
    Path file = Objects.requireNonNull(data).resolve(set + SUFFIX);
    TableRequest request = TableRequest.of(LABEL, seed).withIgnored(markers(file));
    LabelledTable table = LabelledTable.read(file, request, rows -> {});
    EvaluationSplit split =
        EvaluationSplit.of(setting.protocol(), setting.labelledShare(), table.rows(), seed);
    DetectionReport report =
        new DetectionEvaluation(new ModelDevice(device), true, TrainingListener.NONE)
            .run(table.definition().withDetection(ensemble), split, seed);
    return DetectionRun.of(set, setting.name(), seed, parts(ensemble), report);
  }

  private static Set<String> markers(Path file) {
    try (TableFile rows = TableFile.open(file)) {
      Set<String> markers = new HashSet<>(MARKERS);
      markers.retainAll(rows.next().values().keySet());
      return markers;
    }
  }

  /** A budget of time that a busy machine could exhaust would make figures depend on its load. */
  private static Detection unhurried(Detection settings) {
    return settings.withTrainingBudget(Duration.ofHours(1));
  }

  /** Returns the parts that are on by their words, in one order; null: the default ones. */
  private static @Nullable String parts(Detection ensemble) {
    return ensemble.detectors().equals(Detection.DEFAULT.detectors())
        ? null
        : ensemble.detectors().stream().map(Words::spelled).collect(Collectors.joining(","));
  }
}
