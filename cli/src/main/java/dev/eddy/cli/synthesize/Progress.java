package dev.eddy.cli.synthesize;

import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How far it is: one line, rewritten now and then; nothing without a terminal. */
final class Progress {
  private static final String ERASE = "\r\u001b[K";
  private static final long BETWEEN_NANOS = 100_000_000;

  private final @Nullable PrintWriter terminal;
  private long shown = System.nanoTime() - BETWEEN_NANOS;

  Progress(@Nullable PrintWriter terminal) {
    this.terminal = terminal;
  }

  void read(long rows) {
    show(String.format(Locale.ROOT, "reading: %,d rows", rows), false);
  }

  void sampled(long rows) {
    show(String.format(Locale.ROOT, "sampling: %,d rows", rows), false);
  }

  void training(int rows) {
    show(String.format(Locale.ROOT, "learning from %,d rows, and measuring", rows), true);
  }

  private void show(String text, boolean now) {
    long time = System.nanoTime();
    if (terminal != null && (now || time - shown >= BETWEEN_NANOS)) {
      shown = time;
      terminal.print(ERASE + text);
      terminal.flush();
    }
  }

  /** Leaves no trace. */
  void end() {
    if (terminal != null) {
      terminal.print(ERASE);
      terminal.flush();
    }
  }
}
