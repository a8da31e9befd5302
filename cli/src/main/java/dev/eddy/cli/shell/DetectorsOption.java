package dev.eddy.cli.shell;

import dev.eddy.definition.Detection;
import dev.eddy.definition.Detection.Part;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that switches parts of the ensemble on and off. */
public final class DetectorsOption {
  @Option(
      names = "--detectors",
      paramLabel = "D",
      split = ",",
      completionCandidates = Parts.class,
      description = {
        "Parts of the ensemble that are on, as detection.detectors has them:",
        "${COMPLETION-CANDIDATES}."
      })
  private @Nullable List<String> detectors;

  private static final class Parts extends Words.Known {
    Parts() {
      super(Part.values());
    }
  }

  /** Created by picocli. */
  public DetectorsOption() {}

  /**
   * Returns the settings with the parts that were asked for.
   *
   * @throws UsageException if a word is none of those that there are
   */
  public Detection applyTo(Detection settings) {
    if (detectors == null) {
      return settings;
    }
    Set<Part> parts = EnumSet.noneOf(Part.class);
    detectors.forEach(text -> parts.add(Words.word("--detectors", Part.values(), text)));
    return settings.withDetectors(parts);
  }
}
