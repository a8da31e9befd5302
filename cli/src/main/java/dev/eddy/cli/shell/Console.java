package dev.eddy.cli.shell;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/**
 * The one owner of standard output and standard error. Results go to standard output; everything
 * else (progress, logs, problems) to standard error, so that a result can be piped. Both are UTF-8
 * whatever the locale: JSON and YAML are by definition, and a locale without names of columns and
 * classes would print question marks for them.
 *
 * <p>Commands take their writers from {@link CommandLine#getOut()} and {@link
 * CommandLine#getErr()}, which this class sets, so that a test can give them others.
 */
public final class Console {
  private Console() {}

  /**
   * Gives a command line the process's own output, and keeps everybody else from standard output: a
   * library that prints there would spoil a result.
   */
  public static CommandLine attach(CommandLine command) {
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    OutputStream err = new FileOutputStream(FileDescriptor.err);
    System.setOut(new PrintStream(err, true, StandardCharsets.UTF_8));
    // The strategy that picocli made before keeps the System.out of before, and for its sake
    // picocli
    // would write by that one's charset instead of to the writers set here.
    command.setExecutionStrategy(new CommandLine.RunLast());
    return attach(command, out, err);
  }

  /** Gives a command line its output. */
  static CommandLine attach(CommandLine command, OutputStream out, OutputStream err) {
    return command
        .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
  }

  /** Returns whether a person watches: the output is a terminal that can move its cursor. */
  public static boolean isTerminal() {
    return CommandLine.Help.Ansi.AUTO.enabled() && !"dumb".equals(System.getenv("TERM"));
  }
}
