package dev.eddy.cli.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.cli.shell.ConfigurationOption;
import dev.eddy.cli.shell.ExitStatus;
import dev.eddy.kafka.TopicModelRegistry;
import dev.eddy.registry.Manifest;
import dev.eddy.registry.ModelVersion;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code eddy models list}. */
@Command(
    name = "list",
    description = "List all versions, oldest first; a star marks the one that serves.",
    mixinStandardHelpOptions = true)
final class ModelsListCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private final ConfigurationOption configuration = new ConfigurationOption();

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  ModelsListCommand() {}

  @Override
  public Integer call() throws JsonProcessingException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    try (TopicModelRegistry registry = Registries.open(configuration.read())) {
      List<Manifest> versions = registry.versions();
      Optional<ModelVersion> champion = registry.champion();
      if (json) {
        out.println(toJson(versions, champion));
      } else {
        versions.forEach(manifest -> out.println(line(manifest, champion)));
      }
    }
    return ExitStatus.OK;
  }

  private static String line(Manifest manifest, Optional<ModelVersion> champion) {
    String metrics =
        new TreeMap<>(manifest.metrics())
            .entrySet().stream()
                .map(e -> String.format(Locale.ROOT, "%s %.3f", e.getKey(), e.getValue()))
                .collect(Collectors.joining(", "));
    return "%s %s  %s  %s%s"
        .formatted(
            champion.filter(manifest.version()::equals).isPresent() ? "*" : " ",
            manifest.version(),
            Instant.ofEpochMilli(manifest.createdAt()),
            metrics,
            manifest.classes().isEmpty()
                ? ""
                : "; generates " + String.join(", ", manifest.classes()));
  }

  private static String toJson(List<Manifest> versions, Optional<ModelVersion> champion)
      throws JsonProcessingException {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("champion", champion.map(ModelVersion::value).orElse(null));
    document.put("versions", versions.stream().map(ModelsListCommand::describe).toList());
    return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(document);
  }

  private static Map<String, @Nullable Object> describe(Manifest manifest) {
    Map<String, @Nullable Object> description = new LinkedHashMap<>();
    description.put("version", manifest.version().value());
    description.put("createdAt", manifest.createdAt());
    ModelVersion parent = manifest.parent();
    description.put("parent", parent == null ? null : parent.value());
    description.put("metrics", new TreeMap<>(manifest.metrics()));
    description.put("classes", manifest.classes());
    description.put("trainedOn", new TreeMap<>(manifest.trainedOn()));
    return description;
  }
}
