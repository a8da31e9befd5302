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
    description = "Make the version serve that served before the champion.",
    mixinStandardHelpOptions = true)
final class ModelsRollbackCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private final ConfigurationOption configuration = new ConfigurationOption();
  @Mixin private final KeyOption key = new KeyOption();

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
    try (TopicModelRegistry registry = Registries.open(configuration.read(), key.file())) {
      Optional<ModelVersion> before = before(registry);
      if (before.isEmpty()) {
        commandLine.getErr().println("eddy models rollback: there is no version to go back to");
        return ExitStatus.NO;
      }
      registry.promote(before.get(), reason, System.getProperty("user.name"));
      commandLine.getOut().println(before.get() + " serves");
      return ExitStatus.OK;
    }
  }

  /** What served before, or where that is gone, what the champion was measured against. */
  private static Optional<ModelVersion> before(TopicModelRegistry registry) {
    Optional<ModelVersion> champion = registry.champion();
    return registry
        .previous()
        .or(() -> champion.flatMap(version -> parent(registry, version)))
        .filter(before -> !champion.equals(Optional.of(before)))
        .filter(before -> find(registry, before).isPresent());
  }

  /** A detector that got its generator has itself as parent: then that one's parent. */
  private static Optional<ModelVersion> parent(TopicModelRegistry registry, ModelVersion version) {
    Manifest child = find(registry, version).orElse(null);
    if (child == null || child.parent() == null) {
      return Optional.empty();
    }
    Optional<Manifest> parent = find(registry, child.parent());
    return parent.filter(child::differsByGeneratorAlone).isPresent()
        ? parent.map(Manifest::parent)
        : parent.map(Manifest::version);
  }

  private static Optional<Manifest> find(TopicModelRegistry registry, ModelVersion version) {
    return registry.versions().stream()
        .filter(manifest -> manifest.version().equals(version))
        .findFirst();
  }
}
