package dev.eddy.definition;

import java.util.Collection;
import java.util.Locale;

/** Finds what somebody probably meant by a name that does not exist. */
public final class Suggestion {
  private Suggestion() {}

  /** Returns {@code "; did you mean X?"} where a candidate is near, else nothing. */
  public static String didYouMean(String found, Collection<String> candidates) {
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
}
