package dev.eddy.cli.demo;

import dev.eddy.cli.shell.Console;
import dev.eddy.cli.shell.ExitStatus;
import dev.eddy.cli.shell.Lifetime;
import dev.eddy.cli.shell.LogLevels;
import dev.eddy.cli.shell.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code eddy demo}: everything in one process, on real telemetry. */
@Command(
    name = "demo",
    description = "Run the whole loop in one process, on recorded telemetry or on this host's own.",
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
  private static final int USUAL_HTTP_PORT = 8080;
  private static final int CUT_EVERY = 4_000;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--events",
      paramLabel = "N",
      description =
          "Events to run through (default: each recorded sample once; live: until Ctrl-C)."
              + " Beyond the recordings' end they begin again, at later times.")
  private @Nullable Long events;

  @Option(
      names = "--rate",
      paramLabel = "R",
      defaultValue = "300",
      description =
          "Events a second in a replay (default: ${DEFAULT-VALUE}); an eighth of it while the"
              + " trainer trains, which takes next to no time at a stream's own pace.")
  private double rate;

  @Option(
      names = "--http-port",
      paramLabel = "P",
      description = "Port of the console (default: 8080, or any free one where that is taken).")
  private @Nullable Integer httpPort;

  @Option(names = "--live", description = "Watch this host instead of replaying recordings.")
  private boolean live;

  @Option(
      names = "--exit",
      description = "Leave when all events are through and the loop has gone round.")
  private boolean exit;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      defaultValue = "240",
      description =
          "After the last score, how long to wait for two models and for the synthetic records of"
              + " the one that serves (default: ${DEFAULT-VALUE}; live: 0).")
  private int patience;

  @Option(names = "--json", description = "Print one JSON object at the end, and nothing else.")
  private boolean json;

  @Option(
      names = "--recording",
      paramLabel = "FILE",
      description = "Replay this recording of eddy record --inject instead; may be given again.")
  private List<Path> recordings = new ArrayList<>();

  /** Created by picocli. */
  public DemoCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    check();
    LogLevels.quiet();
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    Display display = display(out);
    Clock clock = Clock.systemUTC();
    EventSource source = source(clock);
    try (Lifetime lifetime = Lifetime.begin()) {
      try {
        display.happened("Starting a Kafka broker, the stream-app and the trainer ...");
        DemoSystem system = DemoSystem.start(freeHttpPort(), live, lifetime, clock);
        tellWhere(display, system);
        double pace = live ? Double.POSITIVE_INFINITY : rate;
        Demo demo = new Demo(system, source, pace, display, lifetime, clock);
        Optional<DemoReport> report = demo.run(Duration.ofSeconds(live ? 0 : patience), exit);
        return report.map(done -> conclude(done, display, out)).orElse(ExitStatus.OK);
      } catch (RuntimeException e) {
        if (lifetime.isEnding()) {
          return ExitStatus.OK; // Ctrl-C closed what this thread was using
        }
        throw e;
      }
    }
  }

  private void check() {
    if (events != null && events < 1) {
      throw new UsageException("--events must be at least 1, got " + events);
    }
    if (!(rate > 0)) {
      throw new UsageException("--rate must be above 0, got " + rate);
    }
    if (live && !recordings.isEmpty()) {
      throw new UsageException("--live and --recording must not be given together, got both");
    }
    if (live && exit && events == null) {
      throw new UsageException("--live --exit needs --events, got none");
    }
  }

  private Display display(PrintWriter out) {
    if (json) {
      return new Display.Silent();
    }
    return Console.isTerminal() ? new TerminalDisplay(out) : new PlainDisplay(out);
  }

  private EventSource source(Clock clock) {
    if (live) {
      return new LiveTelemetry("this-host", clock, events == null ? Long.MAX_VALUE : events);
    }
    Recordings read = recordings.isEmpty() ? Recordings.shipped() : Recordings.of(recordings);
    return read.replay(events == null ? read.size() : events, CUT_EVERY);
  }

  private int freeHttpPort() {
    if (httpPort != null) {
      return httpPort;
    }
    try (ServerSocket probe =
        new ServerSocket(USUAL_HTTP_PORT, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    } catch (IOException e) {
      return 0; // taken; any other one will do
    }
  }

  private static void tellWhere(Display display, DemoSystem system) {
    display.happened("Console      " + system.streamApp().address());
    display.happened("Kafka        " + system.broker().bootstrapServers());
    display.happened("Definition   " + system.file());
  }

  private Integer conclude(DemoReport report, Display display, PrintWriter out) {
    if (json) {
      out.println(report.toJson());
    } else {
      Lines.summary(report).forEach(display::happened);
    }
    boolean complete = report.scored() + report.deadLetters() == report.events();
    return complete && report.repeatedScores() == 0 ? ExitStatus.OK : ExitStatus.NO;
  }
}
