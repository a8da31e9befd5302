package dev.eddy.cli.record;

import dev.eddy.cli.shell.Console;
import dev.eddy.cli.shell.ExitStatus;
import dev.eddy.cli.shell.Lifetime;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code eddy record}: writes this host's telemetry to a file, on request with labelled faults. */
@Command(
    name = "record",
    description = "Record this host's telemetry, optionally with labelled, bounded faults.",
    mixinStandardHelpOptions = true)
public final class RecordCommand implements Callable<Integer> {

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);
  private static final Pattern INTERVAL = Pattern.compile("(\\d+)(ms|s)");

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "300",
      description = "Length of the recording (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--interval",
      defaultValue = "200ms",
      description = "Time between samples, as 200ms or 1s (default: ${DEFAULT-VALUE}).")
  private String interval = "200ms";

  @Option(
      names = "--inject",
      description =
          "Inject faults for 5 to 12 s each: busy cores, memory, disk, processes, loopback traffic,"
              + " descriptors. Bounded and cleaned up.")
  private boolean inject;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Seed of the fault schedule (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--host",
      defaultValue = "host-1",
      description = "Entity name in the recording (default: ${DEFAULT-VALUE}).")
  private String host = "host-1";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "File to write: .csv, .csv.gz, .jsonl or .jsonl.gz.")
  private @Nullable Path output;

  /** Created by picocli. */
  public RecordCommand() {}

  @Override
  public Integer call() throws IOException {
    CommandSpec command = require(spec);
    Path file = require(output);
    check(command, file);
    record(file, parseInterval(interval), command.commandLine().getErr());
    return ExitStatus.OK;
  }

  private void check(CommandSpec command, Path file) {
    if (seconds < 1) {
      throw new ParameterException(
          command.commandLine(), "--seconds must be at least 1, got " + seconds);
    }
    if (!INTERVAL.matcher(interval).matches() || parseInterval(interval).toMillis() < 10) {
      throw new ParameterException(
          command.commandLine(),
          "--interval must be at least 10ms, as 200ms or 1s, got " + interval);
    }
    if (!HostTelemetry.isHostName(host)) {
      throw new ParameterException(
          command.commandLine(),
          "--host must be letters, digits, dots, dashes and underscores, got " + host);
    }
    if (!RecordingWriter.accepts(file)) {
      throw new ParameterException(
          command.commandLine(),
          "--output must end in .csv, .csv.gz, .jsonl or .jsonl.gz, got " + file);
    }
  }

  private void record(Path file, Duration step, PrintWriter err) throws IOException {
    Duration total = Duration.ofSeconds(seconds);
    FaultSchedule schedule = inject ? FaultSchedule.draw(seed, total) : FaultSchedule.none();
    CountDownLatch done = new CountDownLatch(1);
    try (Lifetime lifetime = Lifetime.begin()) {
      // Ctrl-C ends the recording as its time would: the file is complete and the fault is gone.
      lifetime.own("recording", done::await, CLOSE_LIMIT);
      try (RecordingWriter writer = RecordingWriter.open(file);
          FaultInjector injector = new FaultInjector(schedule)) {
        ProgressLine progress = new ProgressLine(Console.isTerminal() ? err : null, total);
        HostTelemetry telemetry = HostTelemetry.ofThisHost(host, Clock.systemUTC());
        injector.start();
        new SampleTicker(telemetry, step)
            .run(total, lifetime::isEnding, new LabellingRecorder(writer, injector, progress));
        progress.end();
        if (injector.failures() > 0) {
          err.println("faults that failed: " + injector.failures());
        }
      } finally {
        done.countDown();
      }
    }
  }

  private static Duration parseInterval(String text) {
    Matcher matcher = INTERVAL.matcher(text);
    if (!matcher.matches()) {
      return Duration.ZERO;
    }
    long number = Long.parseLong(matcher.group(1));
    return "s".equals(matcher.group(2)) ? Duration.ofSeconds(number) : Duration.ofMillis(number);
  }

  private static <T> T require(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("command was not set up by picocli");
    }
    return value;
  }
}
