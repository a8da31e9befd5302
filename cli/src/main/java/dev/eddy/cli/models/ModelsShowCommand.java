package dev.eddy.cli.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.cli.shell.ConfigurationOption;
import dev.eddy.cli.shell.ExitStatus;
import dev.eddy.kafka.TopicModelRegistry;
import dev.eddy.registry.Manifest;
import dev.eddy.registry.ModelArtifact;
import dev.eddy.registry.ModelLoadException;
import dev.eddy.registry.ModelVersion;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code eddy models show}: everything that is known of a version, after it was verified. */
@Command(
    name = "show",
    description = "Verify a version, and show its origin and what the gate said of it.",
    mixinStandardHelpOptions = true)
final class ModelsShowCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private final ConfigurationOption configuration = new ConfigurationOption();

  @Parameters(paramLabel = "VERSION", description = "For example v000003.")
  private String version = "";

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  ModelsShowCommand() {}

  @Override
  public Integer call() throws JsonProcessingException {
    var commandLine = Objects.requireNonNull(spec).commandLine();
    try (TopicModelRegistry registry = Registries.open(configuration.read())) {
      ModelArtifact artifact = registry.load(new ModelVersion(version));
      Map<String, @Nullable Object> description =
          new ModelDescription(registry).of(artifact.manifest());
      description.put("signed", artifact.isSigned());
      if (json) {
        commandLine
            .getOut()
            .println(
                new ObjectMapper()
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsString(description));
      } else {
        print(artifact.manifest(), description, commandLine.getOut());
      }
      return ExitStatus.OK;
    } catch (ModelLoadException e) {
      commandLine.getErr().println("eddy models show: " + e.getMessage());
      return ExitStatus.NO;
    }
  }

  private static void print(
      Manifest manifest, Map<String, @Nullable Object> description, PrintWriter out) {
    description.forEach(
        (name, value) -> {
          if (value instanceof Map<?, ?> map) {
            out.println(name);
            map.forEach((key, item) -> out.printf("  %-32s %s%n", key, item));
          } else if (value instanceof Iterable<?> items) {
            out.println(name);
            items.forEach(item -> out.println("  " + item));
          } else {
            out.printf("%-18s %s%n", name, value);
          }
        });
    out.printf("%d parts, each as its manifest says%n", manifest.parts().size());
  }
}
