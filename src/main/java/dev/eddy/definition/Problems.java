package dev.eddy.definition;

import dev.eddy.definition.DefinitionException.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
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

  /** Returns {@code "; did you mean X?"} where a candidate is near, else nothing. */
  static String didYouMean(String found, Collection<String> candidates) {
    String best = null;
    int least = Math.max(1, found.length() / 3) + 1;
    for (String candidate : candidates) {
      int distance = distance(found.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      if (distance < least) {
        least = distance;
        best = candidate;
      }
    }
    return best == null ? "" : "; did you mean " + best + "?";
  }

  /** Levenshtein's distance: insertions, deletions and replacements. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }

  /** Returns a value as a problem shows it: short, and never nothing. */
  static String shown(@Nullable String value) {
    if (value == null || value.isEmpty()) {
      return "nothing";
    }
    return value.length() <= 60 ? value : value.substring(0, 57) + "...";
  }
}
