package dev.eddy.registry;

/** A model cannot be read for now: the registry did not answer, or not in time. Try again. */
public final class ModelUnavailableException extends ModelLoadException {
  /** Says which model and why. */
  public ModelUnavailableException(String message) {
    super(message);
  }

  /** Says which model and why. */
  public ModelUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
