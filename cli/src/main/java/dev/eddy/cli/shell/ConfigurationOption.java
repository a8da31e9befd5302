package dev.eddy.cli.shell;

import dev.eddy.definition.DefinitionReader;
import dev.eddy.definition.EddyConfiguration;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --config} of every command that works on a stream. */
public final class ConfigurationOption {
  @Option(
      names = {"-c", "--config"},
      required = true,
      paramLabel = "FILE",
      description = "The stream's configuration, in YAML.")
  private @Nullable Path file;

  /** Created by picocli. */
  public ConfigurationOption() {}

  /**
   * Reads the file.
   *
   * @throws dev.eddy.definition.DefinitionException with everything that is wrong in it
   */
  public EddyConfiguration read() {
    return DefinitionReader.read(Objects.requireNonNull(file, "file"));
  }
}
