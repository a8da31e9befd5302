package dev.eddy.cli.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;

/** For a file or a pipe: a line for each thing that happens, and where it stands now and then. */
final class PlainDisplay implements Display {
  private static final long INTERVAL_NANOS = Duration.ofSeconds(5).toNanos();

  private final PrintWriter out;
  private long shown = System.nanoTime();
  private String last = "";

  PlainDisplay(PrintWriter out) {
    this.out = out;
  }

  @Override
  public synchronized void happened(String line) {
    out.println(line);
  }

  @Override
  public synchronized void standing(List<String> lines) {
    String now = String.join("; ", lines);
    if (System.nanoTime() - shown >= INTERVAL_NANOS && !now.equals(last)) {
      shown = System.nanoTime();
      last = now;
      out.println(now);
    }
  }
}
