package dev.eddy.cli.shell;

/** A command cannot do what it was called for: the message says subject, rule and value found. */
public final class UsageException extends RuntimeException {
  /** Says what is wrong. */
  public UsageException(String message) {
    super(message);
  }
}
