package dev.eddy.definition;

import dev.eddy.definition.DefinitionException.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with a configuration, so that all of it can be said at once. */
final class Problems {
  private final List<Problem> problems = new ArrayList<>();

  /** Notes a problem. */
  void add(String key, int line, String message) {
    problems.add(new Problem(key, line, message));
  }

  /** Throws if there are any, in the order of the file. */
  void throwIfAny(String origin) {
    if (!problems.isEmpty()) {
      List<Problem> sorted = new ArrayList<>(problems);
      sorted.sort((a, b) -> Integer.compare(a.line(), b.line()));
      throw new DefinitionException(origin, sorted);
    }
  }

  boolean isEmpty() {
    return problems.isEmpty();
  }

  /** Returns a value as a problem shows it: short, and never nothing. */
  static String shown(@Nullable String value) {
    if (value == null || value.isEmpty()) {
      return "nothing";
    }
    return value.length() <= 60 ? value : value.substring(0, 57) + "...";
  }
}
