package dev.eddy.cli.shell;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Constants as the configuration spells them, in options of commands. */
public final class Words {
  private Words() {}

  /** Returns a constant as the configuration spells it. */
  public static String spelled(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
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
