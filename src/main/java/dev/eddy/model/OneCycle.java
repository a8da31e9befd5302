package dev.eddy.model;

/**
 * The one-cycle policy with cosine annealing: the learning rate rises from 1/25 of its peak, then
 * falls to 1/250,000 of it, while the optimiser's first momentum goes the other way, from 0.95 to
 * 0.85 and back.
 *
 * <p>Smith and Topin, "Super-Convergence", 2018, arXiv:1708.07120; the two-phase form and its
 * constants are those of PyTorch's {@code OneCycleLR}.
 *
 * @param peakRate highest learning rate
 * @param steps steps of the whole cycle, {@code >= 2}
 * @param warmUp share of the steps in which the rate rises, in (0, 1)
 */
public record OneCycle(double peakRate, int steps, double warmUp) {
  private static final double START = 1 / 25.0;
  private static final double END = START / 1e4;
  private static final double HIGH_MOMENTUM = 0.95;
  private static final double LOW_MOMENTUM = 0.85;

  /** Refuses a cycle without length. */
  public OneCycle {
    if (!(peakRate > 0 && steps >= 2 && warmUp > 0 && warmUp < 1)) {
      throw new IllegalArgumentException(
          "one-cycle must have peakRate > 0, steps >= 2 and warmUp in (0, 1), got %s, %d, %s"
              .formatted(peakRate, steps, warmUp));
    }
  }

  /** Returns the learning rate of a step, from 0. */
  public float rate(int step) {
    return (float)
        (peakRate * (step <= turn() ? cosine(START, 1, rise(step)) : cosine(1, END, fall(step))));
  }

  /** Returns the decay of the first moment at a step, from 0. */
  public float momentum(int step) {
    return (float)
        (step <= turn()
            ? cosine(HIGH_MOMENTUM, LOW_MOMENTUM, rise(step))
            : cosine(LOW_MOMENTUM, HIGH_MOMENTUM, fall(step)));
  }

  private double turn() {
    return warmUp * steps - 1;
  }

  private double rise(int step) {
    return turn() <= 0 ? 1 : step / turn();
  }

  private double fall(int step) {
    return (step - turn()) / (steps - 1 - turn());
  }

  private static double cosine(double from, double to, double share) {
    return to + (from - to) / 2 * (1 + Math.cos(Math.PI * share));
  }
}
