package dev.eddy.model;

/** The tensor engine failed, and no other device is left to try. */
public final class EngineFailedException extends RuntimeException {
  /** Says what failed and why. */
  public EngineFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
