package dev.eddy.benchmarks.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.cli.shell.ExitStatus;
import dev.eddy.cli.shell.LogLevels;
import dev.eddy.definition.EddyConfiguration.Scoring;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code eddy bench stream}: records/s of the topology by mode, and the ratios that matter. */
@Command(
    name = "stream",
    description = {
      "Measure records/s of the scoring topology.",
      "Exactly-once, on JSON records of 32 fields:",
      "passThrough (parse and forward), neural (VAE and discriminators in micro-batches),",
      "ensemble (all parts), single (one call into the engine a record)."
    },
    mixinStandardHelpOptions = true)
public final class StreamBenchCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--records",
      defaultValue = "600000",
      description = "Records measured in each batched mode (default: ${DEFAULT-VALUE}).")
  private long records;

  @Option(
      names = "--warm-up",
      defaultValue = "300000",
      description = "Records before them (default: ${DEFAULT-VALUE}).")
  private long warmUp;

  @Option(
      names = "--rounds",
      defaultValue = "1",
      description = "How often each mode runs, in turn; the best counts (default: 1).")
  private int rounds;

  @Mixin private final SpeedOptions options = new SpeedOptions();

  /** Created by picocli. */
  public StreamBenchCommand() {}

  @Override
  public Integer call() throws InterruptedException, JsonProcessingException {
    LogLevels.quiet();
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Scoring scoring =
        new Scoring(
            options.batchSize(), Duration.ofMillis(20), options.device(), 1, true, true, null);
    Map<Mode, Double> best = new EnumMap<>(Mode.class);
    err.printf("writing %,d records%n", records + warmUp);
    try (var benchmark = new StreamBenchmark(records, warmUp, scoring, options.seed())) {
      for (int round = 0; round < rounds; round++) {
        for (Mode mode : Mode.values()) {
          ModeResult result = benchmark.run(mode, round);
          err.printf(
              "%-12s %,10.0f records/s (%,d records in %.1f s)%n",
              mode.label(), result.recordsPerSecond(), result.records(), result.seconds());
          best.merge(mode, result.recordsPerSecond(), Math::max);
        }
      }
    }
    Map<String, Object> figures = figures(best);
    if (options.json()) {
      out.println(new ObjectMapper().writeValueAsString(figures));
    } else {
      figures.forEach((name, value) -> out.printf("%-24s %s%n", name, value));
    }
    return ExitStatus.OK;
  }

  private Map<String, Object> figures(Map<Mode, Double> best) {
    Map<String, Object> figures = new LinkedHashMap<>();
    best.forEach((mode, rate) -> figures.put(mode.label(), Math.round(rate)));
    figures.put("neuralToPassThrough", ratio(best, Mode.NEURAL, Mode.PASS_THROUGH));
    figures.put("ensembleToPassThrough", ratio(best, Mode.ENSEMBLE, Mode.PASS_THROUGH));
    figures.put("neuralToSingle", ratio(best, Mode.NEURAL, Mode.SINGLE));
    figures.put("records", records);
    figures.put("warmUp", warmUp);
    figures.put("rounds", rounds);
    figures.put("fields", BenchRecords.FIELDS);
    figures.put("batchSize", options.batchSize());
    figures.put("device", options.device());
    figures.put("cores", Runtime.getRuntime().availableProcessors());
    return figures;
  }

  private static double ratio(Map<Mode, Double> rates, Mode numerator, Mode denominator) {
    double ratio =
        Objects.requireNonNull(rates.get(numerator))
            / Objects.requireNonNull(rates.get(denominator));
    return Double.parseDouble(String.format(Locale.ROOT, "%.3f", ratio));
  }
}
