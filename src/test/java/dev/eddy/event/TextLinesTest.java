package dev.eddy.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TextLinesTest {
  private static final long SEED = 8;

  private static List<String> lines(String text) throws IOException {
    TextLines lines = new TextLines("text", new StringReader(text));
    List<String> read = new ArrayList<>();
    for (String line = lines.next(); line != null; line = lines.next()) {
      read.add(line);
    }
    return read;
  }

  @Test
  void endsLinesWhereABufferedReaderDoes() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 50; i++) {
      StringBuilder text = new StringBuilder();
      for (int piece = 0; piece < 40; piece++) {
        text.append("ab".repeat(random.nextInt(3) == 0 ? random.nextInt(5_000) : 1));
        text.append(List.of("\n", "\r", "\r\n", "\n\n", "").get(random.nextInt(5)));
      }

      assertThat(lines(text.toString()))
          .as("seed %d, text %d", SEED, i)
          .isEqualTo(new BufferedReader(new StringReader(text.toString())).lines().toList());
    }
  }

  @Test
  void refusesALineThatHasNoEndWithItsNumber() throws IOException {
    TextLines lines = new TextLines("rows.jsonl", new Endless("{}\n\n["));
    assertThat(lines.next()).isEqualTo("{}");
    assertThat(lines.next()).isEmpty();

    assertThatThrownBy(lines::next)
        .isInstanceOf(TableException.class)
        .hasMessage(
            "rows.jsonl line 3 must have at most 16,777,216 characters, found more; write one"
                + " object a line");
  }

  /** A text, and zeros after it for ever. */
  private static final class Endless extends Reader {
    private final StringReader text;

    Endless(String text) {
      this.text = new StringReader(text);
    }

    @Override
    public int read(char[] buffer, int from, int count) throws IOException {
      int read = text.read(buffer, from, count);
      if (read < 0) {
        Arrays.fill(buffer, from, from + count, '0');
      }
      return read < 0 ? count : read;
    }

    @Override
    public void close() {}
  }
}
