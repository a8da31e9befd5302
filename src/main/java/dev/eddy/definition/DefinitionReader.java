package dev.eddy.definition;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads a configuration file, with all its problems reported together, each with its full key and
 * line. Keys that Eddy does not know are problems. {@code ${NAME}} and {@code ${NAME:default}} in
 * values stand for environment variables.
 *
 * <p>The tree comes from SnakeYAML, which Jackson's YAML module rests on: unlike Jackson's tree it
 * knows the line of each key, and leaves to us what {@code no} or {@code 1e3} means.
 */
public final class DefinitionReader {
  private DefinitionReader() {}

  /**
   * Reads a YAML file.
   *
   * @throws DefinitionException with every problem, each with its key
   */
  public static EddyConfiguration read(Path file) {
    return parse(file.toString(), textOf(file));
  }

  /**
   * Reads YAML text; {@code origin} names it in problems.
   *
   * @throws DefinitionException with every problem, each with its key
   */
  public static EddyConfiguration parse(String origin, String yaml) {
    return parse(origin, yaml, System.getenv());
  }

  /** Reads YAML text with these environment variables. */
  static EddyConfiguration parse(String origin, String yaml, Map<String, String> environment) {
    return parse(origin, yaml, environment, true, new LinkedHashSet<>());
  }

  /**
   * Reads the stream definition alone from a YAML file: for what runs without Kafka. The process
   * sections may be missing but not wrong.
   *
   * @throws DefinitionException with every problem, each with its key
   */
  public static StreamDefinition readStream(Path file) {
    return parseStream(file.toString(), textOf(file));
  }

  /**
   * Reads the stream definition alone from YAML text.
   *
   * @throws DefinitionException with every problem, each with its key
   */
  public static StreamDefinition parseStream(String origin, String yaml) {
    return parse(origin, yaml, System.getenv(), false, new LinkedHashSet<>()).stream();
  }

  /** Returns every key that is understood; {@code []} stands for any place, {@code *} any name. */
  static Set<String> knownKeys() {
    Set<String> keys = new LinkedHashSet<>();
    String smallest = // with a rule, so that the keys of rules are asked for
        """
        {stream: s, source: {topic: t}, features: [f, g, {name: c, type: category}],
         kafka: {bootstrap.servers: b},
         augmentation: {constraints: [
           {range: {field: f, min: 0}}, {integer: {field: f}}, {formula: {field: f, equals: "1"}},
           {categories: {field: c, values: [v]}}, {inequality: {low: f, high: g}},
           {combination: {fields: [f, g]}}]}}
        """;
    parse("keys", smallest, Map.of(), true, keys);
    return keys;
  }

  private static EddyConfiguration parse(
      String origin,
      String yaml,
      Map<String, String> environment,
      boolean needsKafka,
      Set<String> askedKeys) {
    Problems problems = new Problems();
    Section.Reading reading =
        new Section.Reading(new Environment(environment::get), problems, askedKeys);
    Section root = new Section("", compose(origin, yaml), 1, reading);
    StreamSections stream = new StreamSections(root);
    ProcessSections process = new ProcessSections(root, needsKafka);
    root.end();
    problems.throwIfAny(origin);
    return new EddyConfiguration(
        stream.definition(),
        process.kafka(),
        process.scoring(),
        process.http(),
        process.registry());
  }

  private static @Nullable Node compose(String origin, String yaml) {
    try {
      return new Yaml(new LoaderOptions()).compose(new StringReader(yaml));
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      throw single(origin, line, "must be YAML: " + e.getProblem());
    } catch (YAMLException e) {
      throw single(origin, 0, "must be YAML: " + e.getMessage());
    }
  }

  private static String textOf(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw single(file.toString(), 0, "must exist, found no such file");
    } catch (IOException e) {
      throw single(file.toString(), 0, "must be readable text in UTF-8: " + e.getMessage());
    }
  }

  private static DefinitionException single(String origin, int line, String message) {
    return new DefinitionException(
        origin, List.of(new DefinitionException.Problem("", line, message)));
  }
}
