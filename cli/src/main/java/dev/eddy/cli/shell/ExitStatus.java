package dev.eddy.cli.shell;

/** What a command's exit status means. */
public final class ExitStatus {
  /** It ran, and the answer is yes. */
  public static final int OK = 0;

  /** It ran, and the answer is no. */
  public static final int NO = 1;

  /** It could not run as it was called: usage, configuration, or what the configuration names. */
  public static final int USAGE = 2;

  private ExitStatus() {}
}
