package dev.eddy.model;

import java.util.Arrays;
import java.util.Optional;

/**
 * Networks that were trained before, for trainings of the same names to begin with instead of with
 * random weights: fewer steps, at a lower rate, on rows that most of it knows already.
 *
 * @param earlier tensors by network, with its name and a dot before each
 */
public record WarmStart(Tensors earlier) {
  private static final double STEPS = 0.4;
  private static final double PEAK = 0.5;

  /** Every training begins with random weights. */
  public static final WarmStart NONE = new WarmStart(Tensors.EMPTY);

  /**
   * Returns a network's earlier tensors where there is one of each name and shape.
   *
   * @param network its name
   * @param initial what it would begin with otherwise
   */
  public Optional<Tensors> find(String network, Tensors initial) {
    Tensors found = earlier.under(network + ".");
    return initial.names().stream()
            .allMatch(name -> found.contains(name) && isAlike(found.get(name), initial.get(name)))
        ? Optional.of(found)
        : Optional.empty();
  }

  private static boolean isAlike(Tensor a, Tensor b) {
    return Arrays.equals(a.shape(), b.shape());
  }

  /** Returns the cycle of a training that goes on from an earlier one. */
  public static OneCycle shortened(OneCycle cycle) {
    return new OneCycle(
        PEAK * cycle.peakRate(), Math.max(2, (int) (cycle.steps() * STEPS)), cycle.warmUp());
  }
}
