package dev.eddy.stream.model;

import dev.eddy.registry.ModelVersion;
import org.jspecify.annotations.Nullable;

/**
 * What the shadow would have done, next to what the champion did, on the records that both scored.
 * Begins anew with each version. Safe for use by several threads.
 */
public final class ShadowFigures {
  private @Nullable ModelVersion version;
  private long records;
  private long champion;
  private long shadow;
  private long disagreements;
  private double difference;

  /** Makes figures of nothing. */
  public ShadowFigures() {}

  /**
   * One look at them.
   *
   * @param version the shadow
   * @param records that both scored
   * @param champion of these, how many reach the alert threshold by the champion's score
   * @param shadow how many do by the shadow's
   * @param disagreements how many do by one of the two only
   * @param meanDifference mean distance of the two scores, -ln p
   */
  public record Snapshot(
      String version,
      long records,
      long champion,
      long shadow,
      long disagreements,
      double meanDifference) {}

  /** Begins with a version; null: there is none any more. */
  synchronized void begin(@Nullable ModelVersion next) {
    version = next;
    records = 0;
    champion = 0;
    shadow = 0;
    disagreements = 0;
    difference = 0;
  }

  /** Counts one record that both scored; scores of a version that was replaced do not count. */
  public synchronized void compared(
      ModelVersion scoredBy, double championScore, double shadowScore, double threshold) {
    if (!scoredBy.equals(version)) {
      return;
    }
    boolean first = championScore >= threshold;
    boolean second = shadowScore >= threshold;
    records++;
    champion += first ? 1 : 0;
    shadow += second ? 1 : 0;
    disagreements += first != second ? 1 : 0;
    difference += Math.abs(championScore - shadowScore);
  }

  /** Returns them; null while there is no shadow. */
  public synchronized @Nullable Snapshot snapshot() {
    return version == null
        ? null
        : new Snapshot(
            version.value(),
            records,
            champion,
            shadow,
            disagreements,
            records == 0 ? 0 : difference / records);
  }
}
