package dev.eddy.cli.evaluate;

import dev.eddy.cli.shell.StatusLine;
import dev.eddy.model.TrainingListener;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** How far an evaluation is. */
final class Progress implements TrainingListener {
  private final StatusLine line;

  Progress(@Nullable PrintWriter terminal) {
    this.line = new StatusLine(terminal);
  }

  /** Hears how many rows were read. */
  void read(long rows) {
    line.show("reading: %,d rows", rows);
  }

  /** Hears of one of several trainings. */
  void started(String what, int done, int all) {
    line.show("%s (%d of %d)", what, done, all);
  }

  @Override
  public void progress(String network, int step, int steps, double loss) {
    line.show("training %s: step %d of %d", network, step, steps);
  }

  /** Leaves no trace. */
  void end() {
    line.end();
  }
}
