package dev.eddy.cli.models;

import dev.eddy.cli.shell.ConfigurationOption;
import dev.eddy.cli.shell.ExitStatus;
import dev.eddy.kafka.TopicModelRegistry;
import dev.eddy.registry.Manifest;
import dev.eddy.registry.ModelVersion;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code eddy models rollback}. */
@Command(
    name = "rollback",
    description = "Make the version serve that the champion replaced when it was trained.",
    mixinStandardHelpOptions = true)
final class ModelsRollbackCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private final ConfigurationOption configuration = new ConfigurationOption();

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "rolled back by hand",
      description = "Why; it is kept with the promotion (default: ${DEFAULT-VALUE}).")
  private String reason = "";

  ModelsRollbackCommand() {}

  @Override
  public Integer call() {
    CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
    try (TopicModelRegistry registry = Registries.open(configuration.read())) {
      Optional<ModelVersion> before = registry.champion().flatMap(v -> before(registry, v));
      if (before.isEmpty()) {
        commandLine.getErr().println("eddy models rollback: there is no version to go back to");
        return ExitStatus.NO;
      }
      registry.promote(before.get(), reason, System.getProperty("user.name"));
      commandLine.getOut().println(before.get() + " serves");
      return ExitStatus.OK;
    }
  }

  private static Optional<ModelVersion> before(TopicModelRegistry registry, ModelVersion champion) {
    return registry.versions().stream()
        .filter(manifest -> manifest.version().equals(champion))
        .map(Manifest::parent)
        .filter(Objects::nonNull)
        .findFirst();
  }
}
