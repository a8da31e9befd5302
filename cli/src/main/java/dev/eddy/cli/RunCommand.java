package dev.eddy.cli;

import dev.eddy.cli.shell.ConfigurationOption;
import dev.eddy.cli.shell.ExitStatus;
import dev.eddy.cli.shell.Lifetime;
import dev.eddy.definition.EddyConfiguration;
import dev.eddy.stream.StreamApp;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code eddy run}: the stream-app as a process. */
@Command(
    name = "run",
    description = "Score a stream, raise its alerts and serve the console, until Ctrl-C.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  private static final Duration CLOSE = Duration.ofMillis(4_500);

  @Spec private @Nullable CommandSpec spec;
  @Mixin private final ConfigurationOption configuration = new ConfigurationOption();

  RunCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    EddyConfiguration read = configuration.read();
    try (Lifetime lifetime = Lifetime.begin()) {
      PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
      StreamApp app =
          lifetime.own("stream-app", new StreamApp(read, Clock.systemUTC(), meters), CLOSE);
      app.start();
      Objects.requireNonNull(spec)
          .commandLine()
          .getErr()
          .printf("eddy run: watching %s, console at %s%n", read.stream().name(), app.address());
      lifetime.awaitEnd();
    }
    return ExitStatus.OK;
  }
}
