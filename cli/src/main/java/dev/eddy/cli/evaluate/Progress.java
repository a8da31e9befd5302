package dev.eddy.cli.evaluate;

import dev.eddy.model.TrainingListener;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How far an evaluation is: one line, rewritten now and then; nothing without a terminal. */
final class Progress implements TrainingListener {
  private static final String ERASE = "\r\u001b[K";
  private static final long BETWEEN_NANOS = 100_000_000;

  private final @Nullable PrintWriter terminal;
  private long shown = System.nanoTime() - BETWEEN_NANOS;

  Progress(@Nullable PrintWriter terminal) {
    this.terminal = terminal;
  }

  /** Hears how many rows were read. */
  void read(long rows) {
    show("reading: %,d rows", rows);
  }

  /** Hears of one of several trainings. */
  void started(String what, int done, int all) {
    show("%s (%d of %d)", what, done, all);
  }

  @Override
  public void progress(String network, int step, int steps, double loss) {
    show("training %s: step %d of %d", network, step, steps);
  }

  private void show(String format, Object... values) {
    long now = System.nanoTime();
    if (terminal != null && now - shown >= BETWEEN_NANOS) {
      shown = now;
      terminal.print(ERASE + String.format(Locale.ROOT, format, values));
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
