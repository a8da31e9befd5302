package dev.eddy.cli.demo;

import java.io.PrintWriter;
import java.util.List;

/** For a terminal: what happens scrolls by above a few lines that say where everything stands. */
final class TerminalDisplay implements Display {
  private static final String ERASE_REST = "\u001b[K";
  private static final String NO_WRAP = "\u001b[?7l";
  private static final String WRAP = "\u001b[?7h";

  private final PrintWriter out;
  private List<String> standing = List.of();

  TerminalDisplay(PrintWriter out) {
    this.out = out;
  }

  @Override
  public synchronized void happened(String line) {
    up();
    out.print(line + ERASE_REST + "\n");
    draw();
  }

  @Override
  public synchronized void standing(List<String> lines) {
    up();
    standing = List.copyOf(lines);
    draw();
  }

  private void up() {
    if (!standing.isEmpty()) {
      out.print("\u001b[%dA\r".formatted(standing.size()));
    }
  }

  /** A long line is cut at the edge: wrapped, it would take two lines and spoil the counting. */
  private void draw() {
    if (!standing.isEmpty()) {
      out.print(NO_WRAP);
      standing.forEach(line -> out.print(line + ERASE_REST + "\n"));
      out.print(WRAP);
    }
    out.flush();
  }
}
