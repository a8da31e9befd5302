package dev.eddy.cli.shell;

import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One line of a terminal that says how far something is, rewritten now and then. */
public final class StatusLine {
  private static final String ERASE = "\r\u001b[K";
  private static final long BETWEEN_NANOS = 100_000_000;

  private final @Nullable PrintWriter terminal;
  private long shown = System.nanoTime() - BETWEEN_NANOS;

  /** Makes an empty line; without a terminal nothing is ever written. */
  public StatusLine(@Nullable PrintWriter terminal) {
    this.terminal = terminal;
  }

  /** Shows a text, unless the one before it is a moment old. */
  public void show(String format, Object... values) {
    if (System.nanoTime() - shown >= BETWEEN_NANOS) {
      showNow(format, values);
    }
  }

  /** Shows a text, for the one that will stand for a while. */
  public void showNow(String format, Object... values) {
    if (terminal != null) {
      shown = System.nanoTime();
      terminal.print(ERASE + String.format(Locale.ROOT, format, values));
      terminal.flush();
    }
  }

  /** Leaves no trace. */
  public void end() {
    if (terminal != null) {
      terminal.print(ERASE);
      terminal.flush();
    }
  }
}
