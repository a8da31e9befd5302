package dev.eddy.cli.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.cli.shell.ConfigurationOption;
import dev.eddy.cli.shell.ExitStatus;
import dev.eddy.cli.shell.UsageException;
import dev.eddy.definition.EddyConfiguration;
import dev.eddy.definition.Quantity;
import dev.eddy.kafka.TopicModelRegistry;
import dev.eddy.registry.ModelLoadException;
import dev.eddy.registry.ModelVersion;
import dev.eddy.scoring.Contribution;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code eddy models diff}: what would change for the people on call. */
@Command(
    name = "diff",
    description = {
      "Show which alerts another version would raise.",
      "Replay the source's last hours through two versions, and show which alerts appear, vanish"
          + " or",
      "change their severity if the second one serves instead of the first, with their records."
    },
    mixinStandardHelpOptions = true)
final class ModelsDiffCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private final ConfigurationOption configuration = new ConfigurationOption();

  @Parameters(index = "0", paramLabel = "A", description = "The version that serves, say.")
  private String before = "";

  @Parameters(index = "1", paramLabel = "B", description = "The version that could.")
  private String after = "";

  @Option(
      names = "--last",
      paramLabel = "DURATION",
      defaultValue = "6h",
      description = "How far to go back from the newest record (default: ${DEFAULT-VALUE}).")
  private String last = "";

  @Option(
      names = "--records",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "Records to replay at most (default: ${DEFAULT-VALUE}).")
  private long limit;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  ModelsDiffCommand() {}

  @Override
  public Integer call() throws JsonProcessingException {
    Duration window = Quantity.duration(last);
    if (window == null || limit < 1) {
      throw new UsageException(
          "--last must be a duration such as 6h and --records above 0, got %s and %d"
              .formatted(last, limit));
    }
    var commandLine = Objects.requireNonNull(spec).commandLine();
    EddyConfiguration read = configuration.read();
    try (TopicModelRegistry registry = Registries.open(read);
        DiffRun run =
            new DiffRun(
                read, registry, new ModelVersion(before), new ModelVersion(after), window)) {
      print(run.run(limit), commandLine.getOut());
      return ExitStatus.OK;
    } catch (ModelLoadException e) {
      commandLine.getErr().println("eddy models diff: " + e.getMessage());
      return ExitStatus.NO;
    }
  }

  private void print(DiffRun.Result result, PrintWriter out) throws JsonProcessingException {
    AlertDiff diff = result.diff();
    if (json) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("before", before);
      document.put("after", after);
      document.put("records", result.records());
      document.put("since", result.start());
      document.put("same", diff.same());
      document.put("appear", diff.appear().stream().map(ModelsDiffCommand::describe).toList());
      document.put("vanish", diff.vanish().stream().map(ModelsDiffCommand::describe).toList());
      document.put("changed", diff.changed().stream().map(ModelsDiffCommand::describe).toList());
      out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(document));
      return;
    }
    out.printf(
        "%,d records since %s; %s instead of %s: %d alerts appear, %d vanish, %d change their"
            + " severity, %d stay%n",
        result.records(),
        Instant.ofEpochMilli(result.start()),
        after,
        before,
        diff.appear().size(),
        diff.vanish().size(),
        diff.changed().size(),
        diff.same());
    print("+", diff.appear(), out);
    print("-", diff.vanish(), out);
    for (AlertDiff.Change change : diff.changed()) {
      print("~ " + change.before().severity() + " ->", List.of(change.after()), out);
    }
  }

  private static void print(String sign, List<ReplayedAlert> alerts, PrintWriter out) {
    for (ReplayedAlert alert : alerts) {
      out.printf(
          "%s %s %s %s score %.2f: %s%n    %s %s%n",
          sign,
          alert.severity(),
          Instant.ofEpochMilli(alert.timestamp()),
          alert.entity(),
          alert.score(),
          alert.reasons().stream()
              .map(reason -> reason.feature() + " " + reason.value())
              .collect(Collectors.joining(", ")),
          alert.coordinates(),
          alert.record());
    }
  }

  private static Map<String, Object> describe(AlertDiff.Change change) {
    return Map.of("before", describe(change.before()), "after", describe(change.after()));
  }

  private static Map<String, Object> describe(ReplayedAlert alert) {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("id", alert.coordinates().toString());
    description.put("entity", alert.entity());
    description.put("timestamp", alert.timestamp());
    description.put("score", alert.score());
    description.put("severity", alert.severity().name());
    description.put("reasons", alert.reasons().stream().map(Contribution::feature).toList());
    description.put("record", alert.record());
    return description;
  }
}
