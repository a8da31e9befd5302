package dev.eddy.stream;

import static java.util.Objects.requireNonNull;

/**
 * How far the stream-app is with its work, and why.
 *
 * @param reason for a person, for example {@code model v000002 serves}
 */
public record Readiness(State state, String reason) {

  /** How far the stream-app is. */
  public enum State {
    /** No record was scored yet. */
    LEARNING,
    /** Records are scored by the baselines; no model serves yet. */
    BASELINE,
    /** Records are scored by a model. */
    LIVE,
    /** Something is wrong: the reason says what. */
    DEGRADED
  }

  /** Checks that both are there. */
  public Readiness {
    requireNonNull(state, "state");
    requireNonNull(reason, "reason");
  }

  /** Returns whether records are scored. */
  public boolean ready() {
    return state != State.LEARNING;
  }
}
