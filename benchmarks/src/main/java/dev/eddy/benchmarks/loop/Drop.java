package dev.eddy.benchmarks.loop;

import dev.eddy.scoring.DetectionModel;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a new champion does beside all champions before it, on the same records.
 *
 * @param auprc its area under the precision-recall curve; NaN where nothing is to be found
 * @param replaced that of the champion that it replaced; NaN where there is none
 * @param best the best of all before it; NaN where there is none
 */
record Drop(double auprc, double replaced, double best) {

  /** Measures on normal records and the anomalies of some kinds. */
  static Drop of(
      Probe probe,
      Set<String> kinds,
      DetectionModel model,
      @Nullable DetectionModel replaced,
      Collection<DetectionModel> earlier) {
    return new Drop(
        probe.auprc(model, kinds),
        replaced == null ? Double.NaN : probe.auprc(replaced, kinds),
        earlier.stream().mapToDouble(each -> probe.auprc(each, kinds)).max().orElse(Double.NaN));
  }

  /** Returns how far it is below the best, {@code >= 0}; 0 where nothing can be compared. */
  double size() {
    double drop = best - auprc;
    return drop > 0 ? drop : 0; // NaN is no drop
  }

  /**
   * Returns how far the promotion let the stream fall below the best, {@code >= 0}: 0 where it
   * helped, for a world that has changed may favour a champion of long ago over the one that
   * served, and no promotion is to blame for that.
   */
  double fall() {
    return auprc < replaced ? size() : 0;
  }
}
