package dev.eddy.model;

/** Bytes are not a safetensors file that Eddy reads. */
public final class TensorFormatException extends RuntimeException {
  /** Says which rule is broken. */
  public TensorFormatException(String message) {
    super(message);
  }

  /** Says which rule is broken and what found it. */
  public TensorFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
