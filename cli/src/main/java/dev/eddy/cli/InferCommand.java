package dev.eddy.cli;

import dev.eddy.cli.shell.ExitStatus;
import dev.eddy.cli.shell.OutputFile;
import dev.eddy.cli.shell.UsageException;
import dev.eddy.definition.DefinitionException;
import dev.eddy.definition.DefinitionReader;
import dev.eddy.definition.StreamDefinition.Format;
import dev.eddy.event.DefinitionDraft;
import dev.eddy.event.TableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code eddy infer}: drafts a stream definition from a file of records. */
@Command(
    name = "infer",
    description = "Draft a stream definition from a file of records, for you to read through.",
    mixinStandardHelpOptions = true)
final class InferCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      description = "A .csv, .tsv or .jsonl file, or one of these as .gz.")
  private @Nullable Path file;

  @Option(names = "--label", paramLabel = "COL", description = "Field that holds the class.")
  private @Nullable String label;

  @Option(
      names = "--entity",
      paramLabel = "COL",
      description = "Field that names the entity (default: found).")
  private @Nullable String entity;

  @Option(
      names = "--timestamp",
      paramLabel = "COL",
      description = "Field with the event time (default: found).")
  private @Nullable String timestamp;

  @Option(names = "--stream", paramLabel = "NAME", description = "Name (default: the file's).")
  private @Nullable String stream;

  @Option(names = "--topic", paramLabel = "T", description = "Source topic (default: the name).")
  private @Nullable String topic;

  @Option(
      names = "--format",
      paramLabel = "F",
      defaultValue = "json",
      description = "How records lie on the topic, json or csv (default: ${DEFAULT-VALUE}).")
  private Format format = Format.JSON;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "File to write; it must not exist (default: standard output).")
  private @Nullable Path output;

  InferCommand() {}

  @Override
  public Integer call() throws IOException {
    Path source = Objects.requireNonNull(file);
    if (output != null && Files.exists(output)) {
      throw new UsageException("--output must name a new file, found " + output);
    }
    Path folder = output == null ? null : output.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw new UsageException(
          "--output must lie in a folder that is there, found none at " + folder);
    }
    String name = stream == null ? nameOf(source) : stream;
    DefinitionDraft.Request request =
        new DefinitionDraft.Request(
            name, topic == null ? name : topic, format, entity, timestamp, label);
    String yaml;
    try (TableFile rows = TableFile.open(source)) {
      yaml = DefinitionDraft.of(request, rows).yaml(source.getFileName().toString());
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage() == null ? e.toString() : e.getMessage());
    }
    requireValid(yaml);
    if (output == null) {
      Objects.requireNonNull(spec).commandLine().getOut().print(yaml);
      Objects.requireNonNull(spec).commandLine().getOut().flush();
    } else {
      OutputFile.write(output, List.of(yaml.stripTrailing()));
    }
    return ExitStatus.OK;
  }

  /** What was asked for may be no name of a stream or a topic. */
  private static void requireValid(String yaml) {
    try {
      DefinitionReader.parseStream("draft", yaml);
    } catch (DefinitionException e) {
      throw new UsageException(
          e.problems().stream()
              .map(problem -> problem.key() + " " + problem.message())
              .collect(Collectors.joining("; ")));
    }
  }

  /** Makes a stream's name of a file's: what comes before the first dot, in safe characters. */
  private static String nameOf(Path file) {
    String name = file.getFileName().toString();
    int dot = name.indexOf('.', 1);
    String stem = dot < 0 ? name : name.substring(0, dot);
    return stem.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]+", "-");
  }
}
