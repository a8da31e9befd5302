package dev.eddy.cli.record;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How far a recording is: one line, rewritten once a second; nothing without a terminal. */
final class ProgressLine {

  private final @Nullable PrintWriter terminal;
  private final long totalSeconds;
  private final long startNanos = System.nanoTime();
  private long samples;
  private long shownSecond = -1;

  ProgressLine(@Nullable PrintWriter terminal, Duration total) {
    this.terminal = terminal;
    this.totalSeconds = total.toSeconds();
  }

  void sample(FaultLabel label) {
    samples++;
    long second = Duration.ofNanos(System.nanoTime() - startNanos).toSeconds();
    if (terminal != null && second != shownSecond) {
      shownSecond = second;
      terminal.printf(
          Locale.ROOT,
          "\r%d of %d s, %d samples, fault: %-16s",
          second,
          totalSeconds,
          samples,
          label.fault());
      terminal.flush();
    }
  }

  void end() {
    if (terminal != null) {
      terminal.println();
    }
  }
}
