package dev.eddy.kafka;

/** A topic cannot be used: it is missing, or the broker refuses. */
public final class TopicException extends RuntimeException {
  /** Says which topic and why. */
  public TopicException(String message) {
    super(message);
  }

  /** Says which topic and why. */
  public TopicException(String message, Throwable cause) {
    super(message, cause);
  }
}
