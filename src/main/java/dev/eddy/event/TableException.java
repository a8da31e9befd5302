package dev.eddy.event;

/** A file of records cannot be read on. */
public final class TableException extends RuntimeException {
  /** Says which file, which line and which rule. */
  public TableException(String message) {
    super(message);
  }

  /** Says which file, which line, which rule, and the cause. */
  public TableException(String message, Throwable cause) {
    super(message, cause);
  }
}
