package dev.eddy.definition;

import java.util.List;

/** A configuration cannot be used. */
public final class DefinitionException extends RuntimeException {
  private final List<Problem> problems;

  /**
   * One thing that is wrong.
   *
   * @param key full key, for example {@code features[2].type}; empty for the file as a whole
   * @param line where it stands, from 1; 0 where it stands nowhere
   * @param message rule, value found and, where there is one, the mend
   */
  public record Problem(String key, int line, String message) {
    @Override
    public String toString() {
      String place = line > 0 ? "line " + line + ": " : "";
      return place + (key.isEmpty() ? "" : key + " ") + message;
    }
  }

  /** Lists everything that is wrong. */
  public DefinitionException(String origin, List<Problem> problems) {
    super(
        origin
            + " has "
            + (problems.size() == 1 ? "1 problem" : problems.size() + " problems")
            + problems.stream().map(p -> "\n  " + p).reduce("", String::concat));
    this.problems = List.copyOf(problems);
  }

  /** Returns everything that is wrong. */
  public List<Problem> problems() {
    return problems;
  }
}
