package dev.eddy.cli.evaluate;

import dev.eddy.cli.shell.DetectorsOption;
import dev.eddy.cli.shell.UsageException;
import dev.eddy.cli.shell.Words;
import dev.eddy.definition.Detection;
import dev.eddy.definition.Detection.Objective;
import dev.eddy.definition.Detection.Window;
import dev.eddy.definition.StreamDefinition.Context;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that say how the ensemble is trained, as the keys of a stream's {@code detection} do. */
final class DetectionOptions {
  @Mixin private final DetectorsOption detectors = new DetectorsOption();

  @Option(
      names = "--objective",
      paramLabel = "O",
      completionCandidates = Objectives.class,
      description = "What discriminators learn by: ${COMPLETION-CANDIDATES}.")
  private @Nullable String objective;

  @Option(
      names = "--window",
      completionCandidates = Windows.class,
      paramLabel = "W",
      description = {
        "Network that reads lagged values, the context.lags of --stream:",
        "${COMPLETION-CANDIDATES}."
      })
  private @Nullable String window;

  private static final class Objectives extends Words.Known {
    Objectives() {
      super(Objective.values());
    }
  }

  private static final class Windows extends Words.Known {
    Windows() {
      super(Window.values());
    }
  }

  /**
   * Checks what was asked for, before anything is read.
   *
   * @param context of which there may be lagged values; null: none
   * @throws UsageException if a word is none of those that there are, or would do nothing
   */
  void check(@Nullable Context context) {
    Detection asked = applyTo(Detection.DEFAULT);
    boolean lagged = context != null && context.enabled() && !context.lags().isEmpty();
    if (asked.window() != Window.MLP && !lagged) {
      throw new UsageException(
          "--window %s needs lagged values to read; name a configuration that has context.lags by"
                  .formatted(Words.spelled(asked.window()))
              + " --stream");
    }
  }

  /**
   * Returns the settings with what was asked for.
   *
   * @throws UsageException if a word is none of those that there are
   */
  Detection applyTo(Detection settings) {
    Detection result = detectors.applyTo(settings);
    if (objective != null) {
      result = result.withObjective(Words.word("--objective", Objective.values(), objective));
    }
    return window == null
        ? result
        : result.withWindow(Words.word("--window", Window.values(), window));
  }
}
