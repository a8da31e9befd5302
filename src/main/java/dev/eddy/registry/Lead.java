package dev.eddy.registry;

/**
 * The right to publish of one process among several that could. Who takes it ends the right of
 * whoever had it before: what that one still tries to write is refused as a whole.
 */
public interface Lead {
  /** Takes the right. */
  void take();

  /** Gives it up. */
  void giveUp();

  /** Returns whether this process has it, as far as it knows. */
  boolean isHeld();
}
