package dev.eddy.cli.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.cli.shell.ConfigurationOption;
import dev.eddy.cli.shell.Console;
import dev.eddy.cli.shell.ExitStatus;
import dev.eddy.cli.shell.Pace;
import dev.eddy.cli.shell.UsageException;
import dev.eddy.definition.EddyConfiguration;
import dev.eddy.event.TableFile;
import dev.eddy.kafka.KafkaSettings;
import dev.eddy.kafka.TopicCreator;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code eddy replay}: a file of records into the source topic, in the source's format; or one
 * alert's score, computed again.
 */
@Command(
    name = "replay",
    description = {
      "Write the rows of a file to a stream's source topic, in the source's format.",
      "Or, with --alert, compute the score of an alert again: status 1 if it is another one."
    },
    mixinStandardHelpOptions = true)
public final class ReplayCommand implements Callable<Integer> {
  private static final long PROGRESS_NANOS = Duration.ofSeconds(1).toNanos();

  @Spec private @Nullable CommandSpec spec;
  @Mixin private final ConfigurationOption configuration = new ConfigurationOption();

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "A .csv, .tsv or .jsonl file, or one of these as .gz.")
  private @Nullable Path file;

  @Option(
      names = "--rate",
      paramLabel = "R",
      description = "Rows a second (default: as fast as the broker takes them).")
  private double rate = Double.POSITIVE_INFINITY;

  @Option(names = "--limit", paramLabel = "N", description = "Rows to write at most.")
  private long limit = Long.MAX_VALUE;

  @Option(
      names = "--partitions",
      paramLabel = "P",
      defaultValue = "1",
      description = "Partitions of the topic if it has to be created (default: ${DEFAULT-VALUE}).")
  private int partitions;

  @Option(
      names = "--alert",
      paramLabel = "ID",
      description = "The alert to compute again, from its record, its model and what it keeps.")
  private @Nullable String alert;

  @Option(
      names = "--tolerance",
      paramLabel = "X",
      defaultValue = "0",
      description =
          "Largest difference of a score that counts as equal. 0 is right for scores of a CPU; for"
              + " those of a GPU, 0.001 (default: ${DEFAULT-VALUE}).")
  private double tolerance;

  @Option(names = "--json", description = "With --alert: print one JSON object.")
  private boolean json;

  /** Created by picocli. */
  public ReplayCommand() {}

  @Override
  public Integer call() throws InterruptedException, JsonProcessingException {
    if ((alert == null) == (file == null)) {
      throw new UsageException("replay needs either a FILE or --alert");
    }
    return alert == null ? replay() : computeAgain(alert);
  }

  private int computeAgain(String id) throws JsonProcessingException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    AlertReplay.Result result = AlertReplay.run(configuration.read(), id, tolerance);
    if (json) {
      out.println(
          new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(result.figures()));
    } else {
      result.figures().forEach((name, value) -> out.printf("%-16s %s%n", name, value));
    }
    return result.equal() ? ExitStatus.OK : ExitStatus.NO;
  }

  private int replay() throws InterruptedException {
    if (!(rate > 0) || limit < 1 || partitions < 1) {
      throw new UsageException(
          "--rate, --limit and --partitions must be above 0, got %s, %d and %d"
              .formatted(rate, limit, partitions));
    }
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
    EddyConfiguration read = configuration.read();
    KafkaSettings settings = KafkaSettings.of(read);
    try (TableFile rows = TableFile.open(Objects.requireNonNull(file))) {
      new TopicCreator(settings).createSource(read.stream(), partitions);
      try (SourceWriter writer = new SourceWriter(read.stream(), settings)) {
        Pace pace = new Pace(() -> rate);
        write(rows, writer, pace, Console.isTerminal() ? err : null);
        writer.flush();
        err.printf(
            Locale.ROOT,
            "eddy replay: %,d rows written to %s, %.0f a second%n",
            writer.acknowledged(),
            read.stream().source().topic(),
            pace.achieved());
      }
    }
    return ExitStatus.OK;
  }

  private void write(TableFile rows, SourceWriter writer, Pace pace, @Nullable PrintWriter terminal)
      throws InterruptedException {
    long shown = System.nanoTime();
    for (long written = 0; written < limit && rows.hasNext(); written++) {
      writer.write(rows.next());
      pace.await();
      if (terminal != null && System.nanoTime() - shown > PROGRESS_NANOS) {
        shown = System.nanoTime();
        terminal.printf(Locale.ROOT, "\r%,d rows, %.0f a second ", written + 1, pace.achieved());
        terminal.flush();
      }
    }
    if (terminal != null) {
      terminal.print("\r");
    }
  }
}
