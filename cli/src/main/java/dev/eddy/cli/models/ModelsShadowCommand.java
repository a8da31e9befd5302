package dev.eddy.cli.models;

import dev.eddy.cli.shell.ConfigurationOption;
import dev.eddy.cli.shell.ExitStatus;
import dev.eddy.cli.shell.UsageException;
import dev.eddy.kafka.TopicModelRegistry;
import dev.eddy.registry.ModelLoadException;
import dev.eddy.registry.ModelVersion;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code eddy models shadow}. */
@Command(
    name = "shadow",
    description = {
      "Let a version score beside the champion without alerting anyone.",
      "How often it would disagree stands in the metrics and in the status of each stream-app."
    },
    mixinStandardHelpOptions = true)
final class ModelsShadowCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private final ConfigurationOption configuration = new ConfigurationOption();
  @Mixin private final KeyOption key = new KeyOption();

  @Parameters(paramLabel = "VERSION", arity = "0..1", description = "For example v000003.")
  private @Nullable String version;

  @Option(names = "--off", description = "End it.")
  private boolean off;

  ModelsShadowCommand() {}

  @Override
  public Integer call() {
    if (off == (version != null)) {
      throw new UsageException("models shadow needs either a version or --off");
    }
    var commandLine = Objects.requireNonNull(spec).commandLine();
    try (TopicModelRegistry registry = Registries.open(configuration.read(), key.file())) {
      registry.shadow(
          version == null ? null : new ModelVersion(version),
          "chosen by hand",
          System.getProperty("user.name"));
      commandLine
          .getOut()
          .println(version == null ? "no version is the shadow" : version + " is the shadow");
      return ExitStatus.OK;
    } catch (ModelLoadException e) {
      commandLine.getErr().println("eddy models shadow: " + e.getMessage());
      return ExitStatus.NO;
    }
  }
}
