package dev.eddy.benchmarks.loop;

import dev.eddy.scoring.DetectionModel;
import java.util.Collection;
import java.util.Set;

/**
 * How a new champion does beside all champions before it, on the same records.
 *
 * @param auprc its area under the precision-recall curve; NaN where nothing is to be found
 * @param best the best of those before it; NaN where there is none
 */
record Drop(double auprc, double best) {

  /** Measures on normal records and the anomalies of some kinds. */
  static Drop of(
      Probe probe, Set<String> kinds, DetectionModel model, Collection<DetectionModel> earlier) {
    return new Drop(
        probe.auprc(model, kinds),
        earlier.stream().mapToDouble(each -> probe.auprc(each, kinds)).max().orElse(Double.NaN));
  }

  /** Returns how far it is below the best, {@code >= 0}; 0 where nothing can be compared. */
  double size() {
    double drop = best - auprc;
    return drop > 0 ? drop : 0; // NaN is no drop
  }
}
