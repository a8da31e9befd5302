package dev.eddy.cli.evaluate;

import dev.eddy.cli.shell.UsageException;
import dev.eddy.definition.Detection;
import dev.eddy.definition.Detection.Objective;
import dev.eddy.definition.Detection.Part;
import dev.eddy.definition.Detection.Window;
import dev.eddy.definition.StreamDefinition.Context;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say how the ensemble is trained, as the keys of a stream's {@code detection} do. */
final class DetectionOptions {
  @Option(
      names = "--detectors",
      paramLabel = "D",
      split = ",",
      description = "Parts of the ensemble that are on, as detection.detectors names them.")
  private @Nullable List<String> detectors;

  @Option(
      names = "--objective",
      paramLabel = "O",
      description = "What discriminators learn by, as detection.objective.")
  private @Nullable String objective;

  @Option(
      names = "--window",
      paramLabel = "W",
      description = {
        "Network that reads lagged values, as detection.window;",
        "they are the context.lags of --stream."
      })
  private @Nullable String window;

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
                  .formatted(spelled(asked.window()))
              + " --stream");
    }
  }

  /**
   * Returns the settings with what was asked for.
   *
   * @throws UsageException if a word is none of those that there are
   */
  Detection applyTo(Detection settings) {
    Detection result = settings;
    if (detectors != null) {
      Set<Part> parts = EnumSet.noneOf(Part.class);
      detectors.forEach(text -> parts.add(word("--detectors", Part.values(), text)));
      result = result.withDetectors(parts);
    }
    if (objective != null) {
      result = result.withObjective(word("--objective", Objective.values(), objective));
    }
    return window == null ? result : result.withWindow(word("--window", Window.values(), window));
  }

  private static <E extends Enum<E>> E word(String option, E[] words, String text) {
    return Arrays.stream(words)
        .filter(word -> spelled(word).equals(text.strip()))
        .findAny()
        .orElseThrow(
            () ->
                new UsageException(
                    "%s must be of %s, got %s"
                        .formatted(
                            option,
                            Arrays.stream(words)
                                .map(DetectionOptions::spelled)
                                .collect(Collectors.joining(", ")),
                            text)));
  }

  /** Returns a constant as the configuration spells it. */
  static String spelled(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
