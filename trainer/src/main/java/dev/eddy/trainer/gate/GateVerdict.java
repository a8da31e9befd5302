package dev.eddy.trainer.gate;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the gate says of a candidate.
 *
 * @param promote whether it may become champion
 * @param healthy whether it is a model at all: what is not is not even published
 * @param reason why, in one sentence with the figures
 * @param checks each check in order
 * @param metrics what was measured, by name; finite
 */
public record GateVerdict(
    boolean promote,
    boolean healthy,
    String reason,
    List<Check> checks,
    SortedMap<String, Double> metrics) {

  /**
   * One check.
   *
   * @param detail what was found, against what rule
   */
  public record Check(String name, boolean passed, String detail) {}

  /** Copies the collections. */
  public GateVerdict {
    checks = List.copyOf(checks);
    metrics = new TreeMap<>(metrics);
  }
}
