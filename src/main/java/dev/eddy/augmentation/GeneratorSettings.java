package dev.eddy.augmentation;

/**
 * How the generator is trained.
 *
 * @param steps optimisation steps of the generator
 */
public record GeneratorSettings(int steps) {
  /** 2,500 steps. */
  public static final GeneratorSettings DEFAULT = new GeneratorSettings(2_500);
}
