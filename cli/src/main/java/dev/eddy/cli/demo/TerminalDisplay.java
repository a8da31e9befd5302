package dev.eddy.cli.demo;

import java.io.PrintWriter;
import java.util.List;

/** For a terminal: what happens scrolls by above a few lines that say where everything stands. */
final class TerminalDisplay implements Display {
  private static final String ERASE_LINE = "\u001b[2K";
  private static final String NO_WRAP = "\u001b[?7l";
  private static final String WRAP = "\u001b[?7h";

  private final PrintWriter out;
  private List<String> standing = List.of();

  TerminalDisplay(PrintWriter out) {
    this.out = out;
  }

  @Override
  public synchronized void happened(String line) {
    erase();
    out.println(line);
    draw();
  }

  @Override
  public synchronized void standing(List<String> lines) {
    erase();
    standing = List.copyOf(lines);
    draw();
  }

  private void erase() {
    if (!standing.isEmpty()) {
      out.print("\u001b[%dA".formatted(standing.size()));
      standing.forEach(line -> out.print(ERASE_LINE + "\n"));
      out.print("\u001b[%dA".formatted(standing.size()));
    }
  }

  /** A long line is cut at the edge: wrapped, it would take two lines and spoil the counting. */
  private void draw() {
    out.print(NO_WRAP);
    standing.forEach(line -> out.print(line + "\n"));
    out.print(WRAP);
    out.flush();
  }
}
