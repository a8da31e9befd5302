package dev.eddy.trainer.gate;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the gate says of a candidate.
 *
 * @param promote whether it may become champion
 * @param reason why, in one sentence with the figures
 * @param metrics what was measured, by name; finite
 */
public record GateVerdict(boolean promote, String reason, SortedMap<String, Double> metrics) {
  /** Copies the map. */
  public GateVerdict {
    metrics = new TreeMap<>(metrics);
  }
}
