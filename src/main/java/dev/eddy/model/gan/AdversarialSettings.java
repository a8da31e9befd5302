package dev.eddy.model.gan;

import static java.util.Objects.requireNonNull;

import dev.eddy.definition.Detection.Objective;

/**
 * How two networks are trained against each other.
 *
 * @param objective of the game; where none is meant, the non-saturating one
 * @param steps of each player, {@code >= 1}
 */
public record AdversarialSettings(Objective objective, int steps) {
  /** As many steps as other networks do. */
  public static final int STEPS = 500;

  /** Refuses no steps, and puts the plain GAN where the objective is none of a game. */
  public AdversarialSettings {
    requireNonNull(objective, "objective");
    if (steps < 1) {
      throw new IllegalArgumentException("adversarial steps must be >= 1, got " + steps);
    }
    if (objective == Objective.NOISE_CONTRASTIVE) {
      objective = Objective.NON_SATURATING;
    }
  }
}
