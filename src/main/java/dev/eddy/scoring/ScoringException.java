package dev.eddy.scoring;

/** A model could not score: the engine failed, or a score was not finite. */
public final class ScoringException extends RuntimeException {
  /** Says what failed. */
  public ScoringException(String message) {
    super(message);
  }

  /** Says what failed and why. */
  public ScoringException(String message, Throwable cause) {
    super(message, cause);
  }
}
