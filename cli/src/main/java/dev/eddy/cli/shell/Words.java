package dev.eddy.cli.shell;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Constants as the configuration spells them, in options of commands. */
public final class Words {
  private Words() {}

  /** Returns a constant as the configuration spells it. */
  public static String spelled(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The words of an option, for its help. A subclass without arguments is what picocli wants. */
  public abstract static class Known implements Iterable<String> {
    private final List<String> words;

    /** Knows the constants of a type. */
    protected Known(Enum<?>[] words) {
      this.words = Arrays.stream(words).map(Words::spelled).toList();
    }

    @Override
    public final Iterator<String> iterator() {
      return words.iterator();
    }
  }

  /**
   * Returns the constant that a text spells.
   *
   * @param option the text's, for the message
   * @throws UsageException if it spells none of them
   */
  public static <E extends Enum<E>> E word(String option, E[] words, String text) {
    return Arrays.stream(words)
        .filter(word -> spelled(word).equals(text.strip()))
        .findAny()
        .orElseThrow(
            () ->
                new UsageException(
                    "%s must be of %s, got %s"
                        .formatted(
                            option,
                            Arrays.stream(words)
                                .map(Words::spelled)
                                .collect(Collectors.joining(", ")),
                            text)));
  }
}
