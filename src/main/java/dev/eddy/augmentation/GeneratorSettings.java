package dev.eddy.augmentation;

/**
 * How the generator is trained.
 *
 * @param steps optimisation steps of the network, {@code >= 0}; 0: every class by its copula alone
 * @param hidden width of the hidden layers of generator and critic
 */
public record GeneratorSettings(int steps, int hidden) {
  /** For a trainer beside a running stream: 800 steps of width 128. */
  public static final GeneratorSettings DEFAULT = new GeneratorSettings(800, 128);

  /** For a training that may take minutes: 4,000 steps of width 256. */
  public static final GeneratorSettings THOROUGH = new GeneratorSettings(4_000, 256);

  /** Checks the numbers. */
  public GeneratorSettings {
    if (steps < 0 || hidden < 1) {
      throw new IllegalArgumentException(
          "generator must have steps >= 0 and hidden >= 1, got %d and %d".formatted(steps, hidden));
    }
  }
}
