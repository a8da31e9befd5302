package dev.eddy.augmentation;

import dev.eddy.definition.StreamDefinition.Generation;

/**
 * How the generator is trained.
 *
 * @param generation which family, within which time
 * @param effort share of the recipes' optimisation steps that are made, {@code > 0}; 1: as measured
 * @param hidden width of the networks' hidden layers
 */
public record GeneratorSettings(Generation generation, double effort, int hidden) {
  /** Layers of 256 and all steps that the time allows. */
  public static GeneratorSettings of(Generation generation) {
    return new GeneratorSettings(generation, 1, 256);
  }

  /** Checks the numbers. */
  public GeneratorSettings {
    if (!(effort > 0) || hidden < 1) {
      throw new IllegalArgumentException(
          "generator must have effort > 0 and hidden >= 1, got %s and %d"
              .formatted(effort, hidden));
    }
  }
}
