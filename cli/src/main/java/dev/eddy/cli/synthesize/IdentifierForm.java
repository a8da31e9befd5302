package dev.eddy.cli.synthesize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One form of identifiers: the parts that stand one behind the other. Confined to one thread. */
final class IdentifierForm {
  private static final int FEWEST_OF_A_WORD = 5;
  private static final int LONGEST_NUMBER = 18;
  private static final int LARGEST_OCTET = 255;

  /** What stands behind the at sign of an address is one part: who writes to whom is not mixed. */
  private static final Pattern PART =
      Pattern.compile("(?<=@)[^@]+$|\\d+|\\p{L}+|[^\\d\\p{L}]", Pattern.DOTALL);

  private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern TANGLED = Pattern.compile("\\d\\p{L}+\\d|\\p{L}\\d+\\p{L}");
  private static final List<String> KINDS =
      List.of(
          "0123456789",
          "0123456789abcdef",
          "0123456789ABCDEF",
          "abcdefghijklmnopqrstuvwxyz",
          "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
          "abcdefghijklmnopqrstuvwxyz0123456789",
          "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
          "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
          "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

  private final List<IdentifierPart> parts;

  private IdentifierForm(List<IdentifierPart> parts) {
    this.parts = parts;
  }

  /** Returns what identifiers of one form have in common, as a text. */
  static String formOf(String value) {
    StringBuilder form = new StringBuilder();
    for (String part : split(value)) {
      if (isNumber(part)) {
        form.append('#').append(part.length() > LONGEST_NUMBER ? part.length() : "");
      } else {
        form.append(part.length() > 1 || Character.isLetter(part.charAt(0)) ? "L" : part);
      }
    }
    return form.toString();
  }

  /** Returns whether letters and digits alternate: they are digits of one number, or random. */
  static boolean isTangled(String value) {
    return TANGLED.matcher(value).find();
  }

  private static boolean isNumber(String part) {
    return part.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static List<String> split(String value) {
    List<String> parts = new ArrayList<>();
    Matcher matcher = PART.matcher(value);
    while (matcher.find()) {
      parts.add(matcher.group());
    }
    return parts;
  }

  /** Learns numbers and words at each place from identifiers of one form. */
  static IdentifierForm parts(List<String> values) {
    List<List<String>> columns = new ArrayList<>();
    boolean address = true;
    for (String value : values) {
      List<String> split = split(value);
      for (int i = 0; i < split.size(); i++) {
        if (columns.size() <= i) {
          columns.add(new ArrayList<>());
        }
        columns.get(i).add(split.get(i));
      }
      address &= isAddress(value);
    }
    List<IdentifierPart> parts = new ArrayList<>();
    for (List<String> column : columns) {
      boolean numbers =
          column.stream().allMatch(text -> isNumber(text) && text.length() <= LONGEST_NUMBER);
      parts.add(
          numbers
              ? IdentifierPart.Range.of(column, address ? LARGEST_OCTET : Long.MAX_VALUE)
              : word(column));
    }
    return new IdentifierForm(parts);
  }

  private static boolean isAddress(String value) {
    return ADDRESS.matcher(value).matches()
        && Stream.of(value.split("\\.")).allMatch(text -> Integer.parseInt(text) <= LARGEST_OCTET);
  }

  /** Learns the kinds of characters at each place from identifiers of one length. */
  static IdentifierForm places(List<String> values) {
    return new IdentifierForm(List.of(new IdentifierPart.Mask(mask(values))));
  }

  /** Words that come often are words; others only lend the kinds of their letters. */
  private static IdentifierPart word(List<String> column) {
    Map<String, Integer> counts = new HashMap<>();
    column.forEach(text -> counts.merge(text, 1, Integer::sum));
    List<String> often =
        column.stream().filter(text -> counts.getOrDefault(text, 0) >= FEWEST_OF_A_WORD).toList();
    if (2 * often.size() >= column.size() || counts.size() == 1) {
      return new IdentifierPart.Words(often.isEmpty() ? column : often);
    }
    Map<Integer, List<String>> byLength = new TreeMap<>();
    column.forEach(
        text -> byLength.computeIfAbsent(text.length(), n -> new ArrayList<>()).add(text));
    List<IdentifierPart.Mask> masks = new ArrayList<>();
    byLength.forEach(
        (length, some) -> {
          IdentifierPart.Mask mask = new IdentifierPart.Mask(lettersMask(some));
          some.forEach(text -> masks.add(mask));
        });
    return new IdentifierPart.Masks(masks);
  }

  private static List<String> lettersMask(List<String> values) {
    return values.size() >= FEWEST_OF_A_WORD ? mask(values) : wide(values.get(0));
  }

  /** Returns for few values, whose characters would be their own, all that are like them. */
  private static List<String> wide(String value) {
    return value.chars().mapToObj(c -> wide((char) c)).toList();
  }

  private static String wide(char c) {
    for (String kind : KINDS.subList(3, 5)) {
      if (kind.indexOf(c) >= 0) {
        return kind;
      }
    }
    return Character.isDigit(c) ? KINDS.get(0) : String.valueOf(c);
  }

  private static List<String> mask(List<String> values) {
    List<Set<Character>> places = new ArrayList<>();
    for (int place = 0; place < values.get(0).length(); place++) {
      Set<Character> found = new HashSet<>();
      for (String value : values) {
        found.add(value.charAt(place));
      }
      places.add(found);
    }
    List<String> kinds = new ArrayList<>(KINDS);
    for (String hexadecimal : KINDS.subList(1, 3)) {
      if (!isHexadecimal(places, hexadecimal)) {
        kinds.remove(hexadecimal);
      }
    }
    return places.stream().map(found -> kind(found, kinds)).toList();
  }

  /** Returns whether letters and digits share places, and no other letters vary anywhere. */
  private static boolean isHexadecimal(List<Set<Character>> places, String digits) {
    boolean mixed = false;
    for (Set<Character> found : places) {
      if (found.size() > 1 && !found.stream().allMatch(c -> digits.indexOf(c) >= 0)) {
        return false;
      }
      mixed |=
          found.stream().anyMatch(Character::isDigit)
              && found.stream().anyMatch(Character::isLetter);
    }
    return mixed;
  }

  private static String kind(Set<Character> found, List<String> kinds) {
    if (found.size() == 1) {
      return found.iterator().next().toString();
    }
    for (String kind : kinds) {
      if (found.stream().allMatch(c -> kind.indexOf(c) >= 0)) {
        return kind;
      }
    }
    StringBuilder all = new StringBuilder();
    found.stream().sorted().forEach(all::append);
    return all.toString();
  }

  String make(RandomGenerator random) {
    StringBuilder text = new StringBuilder();
    parts.forEach(part -> text.append(part.make(random)));
    return text.toString();
  }

  /** Makes one whose last number that may goes beyond all before it; null: there is none. */
  @Nullable String makeBeyond(RandomGenerator random) {
    int last = parts.size() - 1;
    while (last >= 0
        && !(parts.get(last) instanceof IdentifierPart.Range range && range.hasNext())) {
      last--;
    }
    if (last < 0) {
      return null;
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      IdentifierPart part = parts.get(i);
      text.append(
          i == last && part instanceof IdentifierPart.Range range
              ? range.next()
              : part.make(random));
    }
    return text.toString();
  }

  String shown() {
    StringBuilder text = new StringBuilder();
    parts.forEach(part -> text.append(part.shown()));
    return text.toString();
  }
}
