package dev.eddy.cli;

import dev.eddy.cli.shell.ConfigurationOption;
import dev.eddy.cli.shell.ExitStatus;
import dev.eddy.cli.shell.Lifetime;
import dev.eddy.definition.EddyConfiguration;
import dev.eddy.trainer.TrainerApp;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code eddy train}: the trainer as a process, or one training. */
@Command(
    name = "train",
    description = "Train and promote models for a stream, until Ctrl-C.",
    mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
  private static final Duration CLOSE = Duration.ofMillis(4_500);

  @Spec private @Nullable CommandSpec spec;
  @Mixin private final ConfigurationOption configuration = new ConfigurationOption();

  @Option(
      names = "--once",
      description = "Train once on what the source topic holds now; status 1 if it is too little.")
  private boolean once;

  @Option(
      names = "--http-port",
      paramLabel = "P",
      defaultValue = "8081",
      description =
          "Port of /metrics, /health/live and /api, at the host of the configuration's http section;"
              + " 0: any free one (default: ${DEFAULT-VALUE}).")
  private int httpPort;

  TrainCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
    EddyConfiguration read = configuration.read();
    try (Lifetime lifetime = Lifetime.begin()) {
      PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
      TrainerApp trainer =
          lifetime.own("trainer", new TrainerApp(read, Clock.systemUTC(), meters), CLOSE);
      if (once) {
        boolean trained = trainer.trainOnce();
        err.println("eddy train: " + outcome(trainer, trained));
        return trained ? ExitStatus.OK : ExitStatus.NO;
      }
      var sources =
          new TrainerServer.Sources(
              trainer::status, trainer::health, trainer::curves, trainer::requestTraining);
      TrainerServer server =
          lifetime.own(
              "metrics", new TrainerServer(read.http().host(), httpPort, meters, sources), CLOSE);
      trainer.start();
      err.printf(
          "eddy train: training for %s, metrics at %s/metrics%n",
          read.stream().name(), server.address());
      lifetime.awaitEnd();
    }
    return ExitStatus.OK;
  }

  private static String outcome(TrainerApp trainer, boolean trained) {
    if (!trained) {
      return "too few records to train on, got " + trainer.status().recordsSeen();
    }
    return "%s: %s".formatted(trainer.status().lastVersion(), trainer.status().lastGate());
  }
}
