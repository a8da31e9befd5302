package dev.eddy.benchmarks.loop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.cli.broker.TemporaryFolder;
import dev.eddy.cli.shell.ExitStatus;
import dev.eddy.cli.shell.LogLevels;
import dev.eddy.cli.shell.UsageException;
import java.io.PrintWriter;
import java.time.Duration;
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

/** {@code eddy bench loop}: whether the loop learns, and never gets worse. */
@Command(
    name = "loop",
    description = {
      "Measure the whole loop on a stream whose truth is known.",
      "Run broker, stream-app and trainer on a stream whose truth is known, with late labels, a"
          + " class",
      "that appears midway, a drift, a flood that nobody labels, a candidate that was trained on",
      "turned labels, and a corrupted version that is promoted; status 1 if something bad came to",
      "serve, was learned, or a label was lost."
    },
    mixinStandardHelpOptions = true)
public final class LoopBenchCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "30",
      description = "How long it runs; everything in it is scaled (default: ${DEFAULT-VALUE}).")
  private int minutes;

  @Option(
      names = "--rate",
      paramLabel = "R",
      defaultValue = "150",
      description = "Records a second (default: ${DEFAULT-VALUE}).")
  private double rate;

  @Option(names = "--seed", defaultValue = "0", description = "Seed of the world and of training.")
  private long seed;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  /** Created by picocli. */
  public LoopBenchCommand() {}

  @Override
  public Integer call() throws InterruptedException, JsonProcessingException {
    if (minutes < 1 || !(rate > 0)) {
      throw new UsageException(
          "--minutes and --rate must be above 0, got %d and %s".formatted(minutes, rate));
    }
    LogLevels.quiet();
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("minutes", minutes);
    figures.put("seed", seed);
    try (TemporaryFolder folder = TemporaryFolder.create("eddy-loop-");
        LoopRun run = new LoopRun(Duration.ofMinutes(minutes), rate, seed, folder.path(), err)) {
      figures.putAll(run.run());
    }
    if (json) {
      out.println(new ObjectMapper().writeValueAsString(figures));
    } else {
      figures.forEach((name, value) -> print(out, name, value));
    }
    return isGood(figures) ? ExitStatus.OK : ExitStatus.NO;
  }

  private static void print(PrintWriter out, String name, Object value) {
    if (value instanceof List<?> story) {
      out.printf("%nm:ss    event     version    [why it was trained] reason%n");
      story.forEach(entry -> out.println(entry instanceof Story.Entry told ? told.line() : entry));
    } else {
      out.printf("%-24s %s%n", name, value);
    }
  }

  private static boolean isGood(Map<String, Object> figures) {
    return is(figures, "badPromoted")
        && is(figures, "poisonedAccepted")
        && is(figures, "labelsLost")
        && figures.get("worstDropAfterPromotion") instanceof Number drop
        && drop.doubleValue() <= LoopRun.TOLERATED_DROP
        && Objects.equals(figures.get("alertsReplayed"), figures.get("alertsBitEqual"));
  }

  private static boolean is(Map<String, Object> figures, String zero) {
    return figures.get(zero) instanceof Number number && number.longValue() == 0;
  }
}
