package dev.eddy.cli.synthesize;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Makes identifiers that look like those of a column and are none of them: for each length that
 * occurs, which kinds of characters stand at each place. What is always the same stays the same.
 * Confined to one thread.
 */
final class IdentifierFormat {
  private static final int FEWEST_OF_A_LENGTH = 5;
  private static final int MOST_TRIES = 100;
  private static final List<String> KINDS =
      List.of(
          "0123456789",
          "0123456789abcdef",
          "0123456789ABCDEF",
          "abcdefghijklmnopqrstuvwxyz",
          "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
          "abcdefghijklmnopqrstuvwxyz0123456789",
          "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
          "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

  private final List<List<String>> masks = new ArrayList<>();
  private final Set<String> taken;
  private final long next;
  private long made;

  private IdentifierFormat(Collection<String> values, long next) {
    this.taken = new HashSet<>(values);
    this.next = next;
  }

  /** Goes on counting where a counter stands. */
  static IdentifierFormat counter(long last) {
    return new IdentifierFormat(List.of(), last + 1);
  }

  /** Learns the shape of some identifiers. */
  static IdentifierFormat of(Collection<String> values) {
    IdentifierFormat format = new IdentifierFormat(values, 0);
    Map<Integer, List<String>> byLength = new TreeMap<>();
    values.forEach(
        value -> byLength.computeIfAbsent(value.length(), n -> new ArrayList<>()).add(value));
    int most = byLength.values().stream().mapToInt(List::size).max().orElse(0);
    byLength.forEach(
        (length, some) -> {
          // a rare length would be its few values' own, unless all lengths are rare
          if (some.size() >= Math.min(most, FEWEST_OF_A_LENGTH)) {
            List<String> mask = mask(some);
            some.forEach(value -> format.masks.add(mask)); // as often as the length occurs
          }
        });
    return format;
  }

  private static List<String> mask(List<String> values) {
    List<String> mask = new ArrayList<>();
    for (int place = 0; place < values.get(0).length(); place++) {
      Set<Character> found = new HashSet<>();
      for (String value : values) {
        found.add(value.charAt(place));
      }
      mask.add(kind(found));
    }
    return mask;
  }

  private static String kind(Set<Character> found) {
    if (found.size() == 1) {
      return found.iterator().next().toString();
    }
    for (String kind : KINDS) {
      if (found.stream().allMatch(c -> kind.indexOf(c) >= 0)) {
        return kind;
      }
    }
    StringBuilder all = new StringBuilder();
    found.stream().sorted().forEach(all::append);
    return all.toString();
  }

  /** Returns an identifier that neither the column nor this format had before, if it finds one. */
  String make(RandomGenerator random) {
    if (masks.isEmpty()) {
      return Long.toString(next + made++);
    }
    String value = "";
    for (int attempt = 0; attempt < MOST_TRIES; attempt++) {
      StringBuilder text = new StringBuilder();
      for (String kind : masks.get(random.nextInt(masks.size()))) {
        text.append(kind.charAt(random.nextInt(kind.length())));
      }
      value = text.toString();
      if (taken.add(value)) {
        return value;
      }
    }
    return value + "-" + made++;
  }

  /** Returns the shape for people: the most frequent length. */
  String shown() {
    if (masks.isEmpty()) {
      return "counting on from " + next;
    }
    StringBuilder text = new StringBuilder();
    for (String kind : masks.get(masks.size() / 2)) {
      text.append(kind.length() == 1 ? kind : Character.isDigit(kind.charAt(0)) ? "#" : "?");
    }
    return text.toString();
  }
}
