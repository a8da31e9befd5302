package dev.eddy.registry;

/**
 * A model cannot be served: it is missing, incomplete, altered or made for something else; or, as
 * {@link ModelUnavailableException}, it could not be read this time.
 */
public class ModelLoadException extends RuntimeException {
  /** Says which model and why. */
  public ModelLoadException(String message) {
    super(message);
  }

  /** Says which model and why. */
  public ModelLoadException(String message, Throwable cause) {
    super(message, cause);
  }
}
