package dev.eddy.cli.demo;

import dev.eddy.schema.Alert;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The alerts that came, against the truth. An alert is true when the record that opened it belongs
 * to a fault's episode; an episode is found when such an alert names it. Safe for use by several
 * threads.
 */
final class AlertLedger {
  private final GroundTruth truth;
  private final Set<String> ids = new HashSet<>();
  private long trueAlerts;
  private long firstNanos;

  AlertLedger(GroundTruth truth) {
    this.truth = truth;
  }

  /** Takes an alert and returns the episode that it found; empty: a false alarm. */
  synchronized Optional<Episode> add(Alert alert) {
    Optional<Episode> episode = truth.episode(alert.getPartition(), alert.getOffset());
    if (ids.add(alert.getId())) {
      firstNanos = firstNanos == 0 ? System.nanoTime() : firstNanos;
      episode.ifPresent(
          found -> {
            trueAlerts++;
            truth.alerted(found);
          });
    }
    return episode;
  }

  /** Returns how many alerts came. */
  synchronized long total() {
    return ids.size();
  }

  /** Returns when the first one came, by {@link System#nanoTime()}; 0: none yet. */
  synchronized long firstNanos() {
    return firstNanos;
  }

  /** Returns the share of the alerts that are true; empty without alerts. */
  synchronized OptionalDouble precision() {
    return ids.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) trueAlerts / ids.size());
  }

  /** Returns the share of the episodes that were found; empty without episodes. */
  OptionalDouble recall() {
    Map<String, int[]> byFault = truth.alertedByFault();
    int found = byFault.values().stream().mapToInt(counts -> counts[0]).sum();
    int all = byFault.values().stream().mapToInt(counts -> counts[1]).sum();
    return all == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) found / all);
  }
}
