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

  /**
   * Returns the verdict on the same candidate where there ought to have been a champion to compare
   * it with: whether it is worse, nobody knows.
   *
   * @param why there was none
   * @param remedy for people
   */
  public GateVerdict uncompared(String why, String remedy) {
    Check quality = new Check("quality", false, "nothing could be compared with: " + why);
    return new GateVerdict(
        promote,
        healthy,
        promote
            ? "waits for a person, for %s; %s; %s".formatted(quality.detail(), remedy, reason)
            : reason,
        checks.stream().map(check -> check.name().equals("quality") ? quality : check).toList(),
        metrics);
  }
}
