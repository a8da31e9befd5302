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
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code eddy models list}. */
@Command(
    name = "list",
    description = {
      "List all versions, oldest first.",
      "It shows what each is (champion, waiting, shadow, refused, kept), when it was made, from"
          + " which",
      "version on, and what the gate measured."
    },
    mixinStandardHelpOptions = true)
final class ModelsListCommand implements Callable<Integer> {
  /** Figures that fit on a line; {@code eddy models show} has all. */
  private static final int FIGURES = 4;

  @Spec private @Nullable CommandSpec spec;
  @Mixin private final ConfigurationOption configuration = new ConfigurationOption();

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  ModelsListCommand() {}

  @Override
  public Integer call() throws JsonProcessingException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    try (TopicModelRegistry registry = Registries.open(configuration.read())) {
      var description = new ModelDescription(registry);
      if (json) {
        out.println(toJson(registry, description));
      } else {
        registry.versions().forEach(manifest -> out.println(line(manifest, description)));
      }
    }
    return ExitStatus.OK;
  }

  private static String line(Manifest manifest, ModelDescription description) {
    String state = description.state(manifest.version());
    ModelVersion parent = manifest.parent();
    return "%s %s  %-8s  %s  from %s  seed %d  %s%s"
        .formatted(
            state.equals("champion") ? "*" : " ",
            manifest.version(),
            state,
            Instant.ofEpochMilli(manifest.createdAt()).truncatedTo(ChronoUnit.SECONDS),
            parent == null ? "nothing" : parent,
            manifest.seed(),
            figures(manifest.metrics()),
            manifest.classes().isEmpty()
                ? ""
                : "; generates " + String.join(", ", manifest.classes()));
  }

  /** The gate's own measures first. */
  private static String figures(Map<String, Double> metrics) {
    Stream<String> first = Stream.of("auprc", "plantedAuroc", "auroc").filter(metrics::containsKey);
    return Stream.concat(first, metrics.keySet().stream())
        .distinct()
        .limit(FIGURES)
        .map(name -> String.format(Locale.ROOT, "%s %.3f", name, metrics.get(name)))
        .collect(Collectors.joining(", "));
  }

  private static String toJson(TopicModelRegistry registry, ModelDescription description)
      throws JsonProcessingException {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("champion", registry.champion().map(ModelVersion::value).orElse(null));
    document.put("waiting", registry.waiting().map(ModelVersion::value).orElse(null));
    document.put("shadow", registry.shadow().map(ModelVersion::value).orElse(null));
    document.put("versions", registry.versions().stream().map(description::of).toList());
    return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(document);
  }
}
