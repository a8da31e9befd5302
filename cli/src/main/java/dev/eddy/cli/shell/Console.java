package dev.eddy.cli.shell;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/**
 * The one owner of standard output and standard error. Results go to standard output; everything
 * else (progress, logs, problems) to standard error, so that a result can be piped.
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
    Charset charset = charset();
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    OutputStream err = new FileOutputStream(FileDescriptor.err);
    System.setOut(new PrintStream(err, true, charset));
    return command
        .setOut(new PrintWriter(out, true, charset))
        .setErr(new PrintWriter(err, true, charset));
  }

  /** Returns whether a person watches: the output is a terminal that can move its cursor. */
  public static boolean isTerminal() {
    return CommandLine.Help.Ansi.AUTO.enabled() && !"dumb".equals(System.getenv("TERM"));
  }

  private static Charset charset() {
    String name = System.getProperty("stdout.encoding", System.getProperty("native.encoding"));
    return name != null && Charset.isSupported(name)
        ? Charset.forName(name)
        : StandardCharsets.UTF_8;
  }
}
