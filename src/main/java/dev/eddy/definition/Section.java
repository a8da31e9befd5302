package dev.eddy.definition;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A mapping of the YAML tree, asked key by key. What is wrong goes to {@link Problems} and the
 * default comes back, so that reading goes on and finds the rest. Keys that nobody asked for are
 * wrong, too: {@link #end()} says so.
 */
final class Section {
  private final String key;
  private final int line;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Set<String> asked = new LinkedHashSet<>();
  private final Reading reading;

  /** What all sections of one file share. */
  record Reading(Environment environment, Problems problems, Set<String> askedKeys) {}

  private record Entry(Node value, int line) {}

  Section(String key, @Nullable Node node, int line, Reading reading) {
    this.key = key;
    this.line = line;
    this.reading = reading;
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        add(tuple.getKeyNode(), tuple.getValueNode());
      }
    } else if (node != null && !isNull(node)) {
      reading.problems().add(key, line(node), "must be a section of keys, got " + shown(node));
    }
  }

  private void add(Node keyNode, Node value) {
    String name = keyNode instanceof ScalarNode scalar ? scalar.getValue() : "?";
    if (entries.putIfAbsent(name, new Entry(value, line(keyNode))) != null) {
      reading.problems().add(keyOf(name), line(keyNode), "must not appear twice");
    }
  }

  /** Returns a subsection; one without keys where the file has none. */
  Section section(String name) {
    Entry entry = ask(name);
    return entry == null
        ? new Section(keyOf(name), null, line, reading)
        : new Section(keyOf(name), entry.value(), entry.line(), reading);
  }

  /** Returns whether the file has the key, with a value or without. */
  boolean has(String name) {
    return entries.containsKey(name);
  }

  /** Returns a text; null where the file has none. */
  @Nullable String text(String name) {
    Entry entry = ask(name);
    return entry == null ? null : scalar(keyOf(name), entry.value());
  }

  /** Returns a text that must be there. */
  String required(String name) {
    String text = text(name);
    if (text == null || text.isBlank()) {
      problem(name, "must be set");
      return "";
    }
    return text;
  }

  /** Returns a value that the parser understands (it gives null if not), or the default. */
  <T> T value(String name, T otherwise, String rule, Function<String, @Nullable T> parser) {
    String text = text(name);
    if (text == null) {
      return otherwise;
    }
    T value = parser.apply(text.strip());
    if (value == null) {
      problem(name, "must be " + rule + ", got " + found(name));
      return otherwise;
    }
    return value;
  }

  /** Returns a whole number within bounds. */
  long integer(String name, long otherwise, long least, long most) {
    String rule =
        most == Long.MAX_VALUE
            ? "a whole number >= " + least
            : "a whole number from %d to %d".formatted(least, most);
    return value(
        name,
        otherwise,
        least == Long.MIN_VALUE ? "a whole number" : rule,
        text -> {
          try {
            long value = Long.parseLong(text.replace("_", ""));
            return value >= least && value <= most ? value : null;
          } catch (NumberFormatException e) {
            return null;
          }
        });
  }

  /** Returns true or false. */
  boolean truth(String name, boolean otherwise) {
    return value(
        name,
        otherwise,
        "true or false",
        text -> text.equals("true") ? Boolean.TRUE : text.equals("false") ? Boolean.FALSE : null);
  }

  /** Returns a duration within bounds. */
  Duration duration(String name, Duration otherwise, Duration least, Duration most) {
    String rule =
        "a duration from %s to %s, such as 20ms, 10m, 1h or 7d"
            .formatted(Quantity.text(least), Quantity.text(most));
    return value(
        name,
        otherwise,
        rule,
        text -> {
          Duration duration = Quantity.duration(text);
          boolean fits =
              duration != null && duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0;
          return fits ? duration : null;
        });
  }

  /** Returns one of an enum's words, in lower case. */
  <E extends Enum<E>> E word(String name, E otherwise) {
    E[] words = otherwise.getDeclaringClass().getEnumConstants();
    String text = text(name);
    int index = text == null ? -1 : indexOf(name, text, words, found(name));
    return index < 0 ? otherwise : words[index];
  }

  /** Returns some of an enum's words, in lower case; a single word is a list of one. */
  <E extends Enum<E>> Set<E> words(String name, Class<E> type, Set<E> otherwise) {
    if (!isSet(name)) {
      return otherwise;
    }
    E[] words = type.getEnumConstants();
    Set<E> chosen = EnumSet.noneOf(type);
    for (String text : texts(name, List.of())) {
      int index = indexOf(name, text, words, Problems.shown(text));
      if (index >= 0) {
        chosen.add(words[index]);
      }
    }
    return chosen;
  }

  /** Returns the place of a word; -1 and a problem where there is none. */
  private <E extends Enum<E>> int indexOf(String name, String text, E[] words, String found) {
    List<String> names = Arrays.stream(words).map(Section::word).toList();
    int index = names.indexOf(text.strip());
    if (index < 0) {
      String rule = "must be one of " + String.join(", ", names) + ", got " + found;
      problem(name, rule + Suggestion.didYouMean(text, names));
    }
    return index;
  }

  /** Returns how an enum's constant is written: in lower case, with hyphens. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns ascending whole numbers within bounds; a single one is a list of one. */
  List<Integer> integers(String name, List<Integer> otherwise, int least, int most) {
    if (!isSet(name)) {
      return otherwise;
    }
    Set<Integer> integers = new TreeSet<>();
    for (String text : texts(name, List.of())) {
      Double number = Quantity.number(text);
      if (number == null || number != Math.rint(number) || number < least || number > most) {
        problem(
            name,
            "must be whole numbers from %d to %d, got %s"
                .formatted(least, most, Problems.shown(text)));
      } else {
        integers.add(number.intValue());
      }
    }
    return List.copyOf(integers);
  }

  /** Returns a list of texts; a single text is a list of one. */
  List<String> texts(String name, List<String> otherwise) {
    Entry entry = ask(name);
    if (entry == null) {
      return otherwise;
    }
    List<String> texts = new ArrayList<>();
    List<Node> nodes = items(entry.value());
    for (int i = 0; i < nodes.size(); i++) {
      String text = scalar(keyOf(name) + "[" + i + "]", nodes.get(i));
      if (text != null) {
        if (texts.contains(text)) {
          problem(name, "must not repeat a name, got " + Problems.shown(text) + " twice");
        }
        texts.add(text);
      }
    }
    return texts;
  }

  /**
   * Returns a list whose items are each a section, or a text that stands for its first key; a
   * single item is a list of one.
   */
  List<Section> sections(String name, String firstKey) {
    Entry entry = ask(name);
    List<Section> sections = new ArrayList<>();
    if (entry == null) {
      return sections;
    }
    List<Node> nodes = items(entry.value());
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      String itemKey = keyOf(name) + "[" + i + "]";
      if (node instanceof ScalarNode && !isNull(node)) {
        Section section = new Section(itemKey, null, line(node), reading);
        section.entries.put(firstKey, new Entry(node, line(node)));
        sections.add(section);
      } else {
        sections.add(new Section(itemKey, node, line(node), reading));
      }
    }
    return sections;
  }

  /** Returns all keys as asked for, with their texts; nested ones joined by dots. */
  Map<String, String> flat() {
    reading.askedKeys().add(keyOf("*"));
    Map<String, String> texts = new LinkedHashMap<>();
    entries.forEach((name, entry) -> flatten(name, entry.value(), texts));
    asked.addAll(entries.keySet());
    return texts;
  }

  private void flatten(String name, Node node, Map<String, String> texts) {
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode scalar) {
          flatten(name + "." + scalar.getValue(), tuple.getValueNode(), texts);
        }
      }
      return;
    }
    List<String> values = new ArrayList<>();
    for (Node item : items(node)) {
      String text = scalar(keyOf(name), item);
      if (text != null) {
        values.add(text);
      }
    }
    if (!values.isEmpty()) {
      texts.put(name, String.join(",", values));
    }
  }

  /** Notes a problem of a key in this section; the empty name stands for the section itself. */
  void problem(String name, String message) {
    Entry entry = entries.get(name);
    reading.problems().add(keyOf(name), entry == null ? line : entry.line(), message);
  }

  /** Returns a key's value as the file has it, before variables are put in: they may be secret. */
  String found(String name) {
    Entry entry = entries.get(name);
    return entry == null ? "nothing" : shown(entry.value());
  }

  /** Ends reading: keys that nobody asked for are problems. */
  void end() {
    for (String name : entries.keySet()) {
      if (!asked.contains(name)) {
        problem(name, "is not a known key" + Suggestion.didYouMean(name, asked));
      }
    }
  }

  private boolean isSet(String name) {
    return ask(name) != null;
  }

  private @Nullable Entry ask(String name) {
    asked.add(name);
    reading.askedKeys().add(keyOf(name).replaceAll("\\[\\d+]", "[]"));
    Entry entry = entries.get(name);
    return entry == null || isNull(entry.value()) ? null : entry;
  }

  private @Nullable String scalar(String scalarKey, Node node) {
    if (!(node instanceof ScalarNode scalar)) {
      reading.problems().add(scalarKey, line(node), "must be a single value, got " + shown(node));
      return null;
    }
    Environment.Filled filled = reading.environment().fill(scalar.getValue());
    if (filled.unset() != null) {
      String rule = "needs the environment variable %s, which is not set".formatted(filled.unset());
      reading.problems().add(scalarKey, line(node), rule);
      return null;
    }
    return filled.text();
  }

  private String keyOf(String name) {
    return key.isEmpty() ? name : name.isEmpty() ? key : key + "." + name;
  }

  private static List<Node> items(Node node) {
    return node instanceof SequenceNode sequence ? sequence.getValue() : List.of(node);
  }

  private static boolean isNull(Node node) {
    return Tag.NULL.equals(node.getTag());
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }

  private static String shown(Node node) {
    if (node instanceof ScalarNode scalar) {
      return Problems.shown(scalar.getValue());
    }
    return node instanceof SequenceNode ? "a list" : "a section";
  }
}
