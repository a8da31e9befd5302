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
  private long judged;
  private long trueAlerts;
  private long firstNanos;

  AlertLedger(GroundTruth truth) {
    this.truth = truth;
  }

  /** Takes an alert, also of a record of which nobody knows the truth. */
  synchronized void add(Alert alert) {
    if (!ids.add(alert.getId())) {
      return;
    }
    firstNanos = firstNanos == 0 ? System.nanoTime() : firstNanos;
    judged += truth.knows(alert.getPartition(), alert.getOffset()) ? 1 : 0;
    Optional<Episode> episode = truth.episode(alert.getPartition(), alert.getOffset());
    if (episode.isPresent()) {
      trueAlerts++;
      truth.alerted(episode.get());
    }
  }

  /** Returns how many alerts came. */
  synchronized long total() {
    return ids.size();
  }

  /** Returns when the first one came, by {@link System#nanoTime()}; 0: none yet. */
  synchronized long firstNanos() {
    return firstNanos;
  }

  /** Returns the share of the alerts that are true, of those of which it is known. */
  synchronized OptionalDouble precision() {
    return judged == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) trueAlerts / judged);
  }

  /** Returns the share of the episodes that were found; empty without episodes. */
  OptionalDouble recall() {
    Map<String, int[]> byFault = truth.alertedByFault();
    int found = byFault.values().stream().mapToInt(counts -> counts[0]).sum();
    int all = byFault.values().stream().mapToInt(counts -> counts[1]).sum();
    return all == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) found / all);
  }
}
