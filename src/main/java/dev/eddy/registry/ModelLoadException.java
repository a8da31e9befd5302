package dev.eddy.registry;

/** A model cannot be served: it is missing, incomplete, altered or made for something else. */
public final class ModelLoadException extends RuntimeException {
  /** Says which model and why. */
  public ModelLoadException(String message) {
    super(message);
  }

  /** Says which model and why. */
  public ModelLoadException(String message, Throwable cause) {
    super(message, cause);
  }
}
