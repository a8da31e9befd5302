package dev.eddy.event;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Fields that are left out and why, in words: a wide table may leave out hundreds for a reason. */
public final class LeftOut {
  private static final int NAMED = 8;

  private LeftOut() {}

  /**
   * Returns a text for each reason, with the first of the fields that are left out for it.
   *
   * @param reasons field to reason
   */
  public static List<String> inWords(Map<String, String> reasons) {
    Map<String, List<String>> names = new LinkedHashMap<>();
    reasons.forEach(
        (name, reason) -> names.computeIfAbsent(reason, none -> new ArrayList<>()).add(name));
    List<String> texts = new ArrayList<>();
    names.forEach((reason, of) -> texts.add(some(of) + ": " + reason));
    return texts;
  }

  /** Returns the first of some names, and how many there are besides. */
  public static String some(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(names.size(), NAMED)));
    return names.size() > NAMED ? first + " and %,d more".formatted(names.size() - NAMED) : first;
  }
}
