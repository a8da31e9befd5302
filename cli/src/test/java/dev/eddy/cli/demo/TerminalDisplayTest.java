package dev.eddy.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalDisplayTest {
  private final StringWriter out = new StringWriter();
  private final TerminalDisplay display = new TerminalDisplay(new PrintWriter(out));

  /** What stands on a screen after the output: the few sequences that the display uses. */
  private List<String> screen() {
    List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
    int line = 0;
    int column = 0;
    String text = out.toString().replaceAll("\u001b\\[\\?7[lh]", "");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (text.startsWith("\u001b[K", i)) {
        lines.get(line).setLength(column);
        i += 2;
      } else if (c == '\u001b') {
        int end = text.indexOf('A', i);
        line -= Integer.parseInt(text, i + 2, end, 10);
        i = end;
      } else if (c == '\r') {
        column = 0;
      } else if (c == '\n') {
        line++;
        column = 0;
        if (line == lines.size()) {
          lines.add(new StringBuilder());
        }
      } else {
        StringBuilder row = lines.get(line);
        row.replace(column, Math.min(row.length(), column + 1), String.valueOf(c));
        column++;
      }
    }
    return lines.stream().map(StringBuilder::toString).filter(row -> !row.isEmpty()).toList();
  }

  @Test
  void letsWhatHappensScrollByAboveWhereEverythingStands() {
    display.happened("begins");
    display.standing(List.of("events 1,000", "alerts 10"));
    display.happened("ALERT");
    display.standing(List.of("events 2,000", "alerts 9"));
    display.happened("MODEL");

    assertThat(screen()).containsExactly("begins", "ALERT", "MODEL", "events 2,000", "alerts 9");
  }
}
