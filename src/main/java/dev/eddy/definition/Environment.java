package dev.eddy.definition;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts environment variables into values: {@code ${NAME}}, or {@code ${NAME:default}} where the
 * variable may be unset. A name has capital letters, digits and underscores only, so that Kafka's
 * own {@code ${file:...}} passes through.
 */
final class Environment {
  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\{([A-Z_][A-Z0-9_]*)(?::([^}]*))?}");

  private final UnaryOperator<@Nullable String> variables;

  /** Reads variables by a function that gives null for an unset one. */
  Environment(UnaryOperator<@Nullable String> variables) {
    this.variables = variables;
  }

  /** A text with its variables put in, or the name of one that is neither set nor has a default. */
  record Filled(String text, @Nullable String unset) {}

  Filled fill(String text) {
    Matcher matcher = REFERENCE.matcher(text);
    StringBuilder filled = new StringBuilder();
    String unset = null;
    while (matcher.find()) {
      String value = variables.apply(matcher.group(1));
      if (value == null) {
        value = matcher.group(2);
      }
      if (value == null) {
        unset = matcher.group(1);
        value = "";
      }
      matcher.appendReplacement(filled, Matcher.quoteReplacement(value));
    }
    matcher.appendTail(filled);
    return new Filled(filled.toString(), unset);
  }
}
