package dev.eddy.cli.broker;

import dev.eddy.cli.shell.ExitStatus;
import dev.eddy.cli.shell.Lifetime;
import dev.eddy.cli.shell.LogLevels;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code eddy broker}: a Kafka broker to try things with, where there is none. */
@Command(
    name = "broker",
    description =
        "Run a Kafka broker of one node on 127.0.0.1 until Ctrl-C; its data goes with it.",
    mixinStandardHelpOptions = true)
public final class BrokerCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "P",
      defaultValue = "9092",
      description = "Port of 127.0.0.1; 0: any free one (default: ${DEFAULT-VALUE}).")
  private int port;

  /** Created by picocli. */
  public BrokerCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    LogLevels.quiet();
    try (Lifetime lifetime = Lifetime.begin()) {
      TemporaryFolder folder =
          lifetime.own("folder", TemporaryFolder.create("eddy-broker-"), Duration.ofSeconds(1));
      EmbeddedBroker broker =
          lifetime.own("broker", EmbeddedBroker.start(folder, port), Duration.ofMillis(3_500));
      out.println("bootstrap.servers=" + broker.bootstrapServers());
      lifetime.awaitEnd();
    }
    return ExitStatus.OK;
  }
}
