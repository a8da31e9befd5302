package dev.eddy.benchmarks.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.cli.shell.ExitStatus;
import dev.eddy.cli.shell.LogLevels;
import dev.eddy.definition.Detection;
import dev.eddy.feature.FeatureMatrix;
import dev.eddy.model.ModelDevice;
import dev.eddy.scoring.DetectionModel;
import dev.eddy.scoring.Scorer;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code eddy bench scoring}: rows/s of a scorer alone, without Kafka. */
@Command(
    name = "scoring",
    description = {
      "Measure rows/s of the detectors alone.",
      "On encoded rows of 32 features: all parts, and VAE and discriminators alone, each for both"
          + " modes; every thread has a scorer of its own."
    },
    mixinStandardHelpOptions = true)
public final class ScoringBenchCommand implements Callable<Integer> {
  private static final Set<Detection.Part> NETWORKS =
      Set.of(Detection.Part.VAE, Detection.Part.DISCRIMINATOR);

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--seconds",
      defaultValue = "5",
      description = "Time measured for each figure, after half of it to warm up (default: 5).")
  private int seconds;

  @Option(
      names = "--threads",
      defaultValue = "0",
      description = "Threads that score; 0: one a core (default).")
  private int threads;

  @Mixin private final SpeedOptions options = new SpeedOptions();

  /** Created by picocli. */
  public ScoringBenchCommand() {}

  @Override
  public Integer call() throws InterruptedException, ExecutionException, JsonProcessingException {
    LogLevels.quiet();
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    int scorers = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    ModelDevice place = new ModelDevice(options.device());
    Models models = new Models(BenchRecords.definition("scoring", "source"), options.seed(), place);
    Map<String, Object> figures = new LinkedHashMap<>();
    for (Detection.Mode mode : List.of(Detection.Mode.CONTAMINATED, Detection.Mode.ONE_CLASS)) {
      String suffix = mode == Detection.Mode.ONE_CLASS ? "OneClass" : "Contaminated";
      Detection all = Detection.DEFAULT.withMode(mode);
      for (var detection : Map.of("all", all, "networks", all.withDetectors(NETWORKS)).entrySet()) {
        DetectionModel model = models.train(detection.getValue());
        long rate = Math.round(rate(model, models.rows(options.batchSize()), scorers, place));
        figures.put(detection.getKey() + suffix, rate);
        err.printf("%-22s %,10d rows/s%n", detection.getKey() + suffix, rate);
      }
    }
    figures.put("features", BenchRecords.FIELDS);
    figures.put("batchSize", options.batchSize());
    figures.put("threads", scorers);
    figures.put("device", options.device());
    if (options.json()) {
      out.println(new ObjectMapper().writeValueAsString(figures));
    } else {
      figures.forEach((name, value) -> out.printf("%-22s %s%n", name, value));
    }
    return ExitStatus.OK;
  }

  private double rate(DetectionModel model, FeatureMatrix rows, int scorers, ModelDevice place)
      throws InterruptedException, ExecutionException {
    ExecutorService pool = Executors.newFixedThreadPool(scorers);
    try {
      List<Future<Double>> rates = new ArrayList<>();
      for (int i = 0; i < scorers; i++) {
        rates.add(pool.submit(() -> rate(model, rows, place)));
      }
      double sum = 0;
      for (Future<Double> rate : rates) {
        sum += rate.get();
      }
      return sum;
    } finally {
      pool.shutdownNow();
    }
  }

  private double rate(DetectionModel model, FeatureMatrix rows, ModelDevice place) {
    long warmUp = Duration.ofSeconds(seconds).toNanos() / 2;
    try (Scorer scorer = model.open(place)) {
      long begin = System.nanoTime();
      while (System.nanoTime() - begin < warmUp) {
        scorer.score(rows);
      }
      long start = System.nanoTime();
      long scored = 0;
      long passed = 0;
      while (passed < Duration.ofSeconds(seconds).toNanos()) {
        scored += scorer.score(rows).rows();
        passed = System.nanoTime() - start;
      }
      return scored / (passed / 1e9);
    }
  }
}
