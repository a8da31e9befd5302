package dev.eddy.cli.shell;

import dev.eddy.model.ModelDevice;
import java.util.Set;
import picocli.CommandLine.Option;

/** The options of every command that learns a file. */
public final class LearningOptions {
  @Option(
      names = "--ignore",
      paramLabel = "COL",
      split = ",",
      description = "Columns that are not learnt, such as a split marker or another label.")
  private Set<String> ignored = Set.of();

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description =
          "Where all randomness starts: the same file, options and seed give the same result on a"
              + " CPU (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--device",
      paramLabel = "D",
      defaultValue = "auto",
      description = "auto, cpu or gpu:N (default: ${DEFAULT-VALUE}).")
  private String device = "auto";

  /** Created by picocli. */
  public LearningOptions() {}

  /** Returns the columns that are not learnt. */
  public Set<String> ignored() {
    return ignored;
  }

  /** Returns where all randomness starts. */
  public long seed() {
    return seed;
  }

  /**
   * Returns where networks are trained and used.
   *
   * @throws UsageException if the text names no device
   */
  public ModelDevice device() {
    try {
      return new ModelDevice(device);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--device: " + e.getMessage());
    }
  }
}
