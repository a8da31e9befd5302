package dev.eddy.benchmarks.explain;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.cli.shell.ExitStatus;
import dev.eddy.cli.shell.LogLevels;
import dev.eddy.cli.shell.UsageException;
import dev.eddy.model.ModelDevice;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code eddy bench explain}: whether explanations name the field that is wrong. */
@Command(
    name = "explain",
    description = {
      "Measure how often an explanation names the field that is wrong.",
      "Train on half of the normal records of each file in a folder, make one field of other"
          + " normal",
      "records wrong, and measure how often an explanation ranks that field first; beside it, how",
      "many of the other half are called anomalous at p-values that promise how many."
    },
    mixinStandardHelpOptions = true)
public final class ExplainBenchCommand implements Callable<Integer> {
  private static final List<Double> PROMISED = List.of(0.05, 0.01, 0.001);

  /** With fewer fields the first place says little. */
  private static final int FEWEST_FEATURES = 4;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "Folder that is searched for .csv, .csv.gz, .jsonl and .jsonl.gz files.")
  private @Nullable Path data;

  @Option(
      names = "--label",
      paramLabel = "COL",
      defaultValue = "label",
      description = "Column whose most frequent value marks normal records (${DEFAULT-VALUE}).")
  private String label = "label";

  @Option(
      names = "--ignore",
      paramLabel = "COL",
      split = ",",
      defaultValue = "split",
      description = "Columns that are no features (default: ${DEFAULT-VALUE}).")
  private Set<String> ignored = Set.of();

  @Option(
      names = "--rows",
      defaultValue = "5000",
      description = "Most records to train on, and to test with (default: ${DEFAULT-VALUE}).")
  private int rows;

  @Option(
      names = "--plants",
      defaultValue = "50",
      description = "Planted records of each kind and file (default: ${DEFAULT-VALUE}).")
  private int plants;

  @Option(
      names = "--device",
      defaultValue = "cpu",
      description = "auto, cpu or gpu:N (default: ${DEFAULT-VALUE}).")
  private String device = "cpu";

  @Option(names = "--seed", defaultValue = "0", description = "Seed of everything.")
  private long seed;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  /** Created by picocli. */
  public ExplainBenchCommand() {}

  @Override
  public Integer call() throws IOException {
    LogLevels.quiet();
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Map<Plant, Tally> total = new EnumMap<>(Plant.class);
    List<Double> millis = new ArrayList<>();
    Map<Double, Double> alarms = new TreeMap<>(Collections.reverseOrder());
    int tested = 0;
    Map<String, Object> sets = new LinkedHashMap<>();
    for (Path file : files()) {
      Table table = Table.read(file, label, ignored, rows, seed);
      if (table == null || table.definition().features().size() < FEWEST_FEATURES) {
        err.printf(
            "%-16s left out: no column %s, or too few features%n", file.getFileName(), label);
        continue;
      }
      var result = new ExplainBenchmark(table, plants, seed).run(PROMISED, new ModelDevice(device));
      result.tallies().forEach((plant, t) -> total.computeIfAbsent(plant, p -> new Tally()).add(t));
      millis.addAll(result.millis());
      result
          .realised()
          .forEach((p, share) -> alarms.merge(p, share * result.tested(), Double::sum));
      tested += result.tested();
      sets.put(table.name(), figures(result.tallies(), result.realised(), result.tested()));
      err.printf("%-16s %s%n", table.name(), sets.get(table.name()));
    }
    Map<Double, Double> realised = new LinkedHashMap<>();
    int records = Math.max(1, tested);
    alarms.forEach((promise, count) -> realised.put(promise, count / records));
    Map<String, Object> figures = figures(total, realised, tested);
    figures.put("millisMedian", quantile(millis, 0.5));
    figures.put("millisP99", quantile(millis, 0.99));
    figures.put("rows", rows);
    figures.put("seed", seed);
    figures.put("sets", sets);
    if (json) {
      out.println(new ObjectMapper().writeValueAsString(figures));
    } else {
      figures.forEach((name, value) -> out.printf("%-14s %s%n", name, value));
    }
    return ExitStatus.OK;
  }

  private List<Path> files() throws IOException {
    Path folder = Objects.requireNonNull(data);
    if (!Files.isDirectory(folder)) {
      throw new UsageException("--data must name a folder, found " + folder);
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().matches(".*\\.(csv|jsonl)(\\.gz)?"))
          .sorted()
          .toList();
    }
  }

  private static Map<String, Object> figures(
      Map<Plant, Tally> tallies, Map<Double, Double> realised, int tested) {
    Tally all = new Tally();
    tallies.values().forEach(all::add);
    Map<String, Object> figures = new LinkedHashMap<>(all.figures());
    tallies.forEach((plant, tally) -> figures.put(plant.label(), tally.figures()));
    figures.put("normalRecords", tested);
    Map<String, Double> alarms = new LinkedHashMap<>();
    realised.forEach((promise, share) -> alarms.put(String.valueOf(promise), rounded(share)));
    figures.put("realisedAtPromised", alarms);
    return figures;
  }

  private static double quantile(List<Double> values, double share) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.isEmpty() ? 0 : rounded(sorted.get((int) (share * (sorted.size() - 1))));
  }

  private static double rounded(double value) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.4f", value));
  }
}
