package dev.eddy.cli.models;

import dev.eddy.cli.shell.ConfigurationOption;
import dev.eddy.cli.shell.ExitStatus;
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

/** {@code eddy models promote}. */
@Command(
    name = "promote",
    description = {
      "Make a version serve, also one that waits for approval.",
      "Every stream-app swaps to it without a pause."
    },
    mixinStandardHelpOptions = true)
final class ModelsPromoteCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private final ConfigurationOption configuration = new ConfigurationOption();
  @Mixin private final KeyOption key = new KeyOption();

  @Parameters(paramLabel = "VERSION", description = "For example v000003.")
  private String version = "";

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "promoted by hand",
      description = "Why; it is kept with the promotion (default: ${DEFAULT-VALUE}).")
  private String reason = "";

  ModelsPromoteCommand() {}

  @Override
  public Integer call() {
    var commandLine = Objects.requireNonNull(spec).commandLine();
    try (TopicModelRegistry registry = Registries.open(configuration.read(), key.file())) {
      registry.promote(new ModelVersion(version), reason, System.getProperty("user.name"));
      commandLine.getOut().println(version + " serves");
      return ExitStatus.OK;
    } catch (ModelLoadException e) {
      commandLine.getErr().println("eddy models promote: " + e.getMessage());
      return ExitStatus.NO;
    }
  }
}
