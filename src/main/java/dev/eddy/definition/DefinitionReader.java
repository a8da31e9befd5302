package dev.eddy.definition;

import java.nio.file.Path;

/** Reads a configuration file, with all its problems reported together. */
public final class DefinitionReader {
  private DefinitionReader() {}

  /**
   * Reads a YAML file.
   *
   * @throws DefinitionException with every problem, each with its key
   */
  public static EddyConfiguration read(Path file) {
    throw new IllegalStateException("under construction: " + file);
  }

  /** Reads YAML text; {@code origin} names it in problems. */
  public static EddyConfiguration parse(String origin, String yaml) {
    throw new IllegalStateException("under construction: " + origin + yaml.length());
  }
}
