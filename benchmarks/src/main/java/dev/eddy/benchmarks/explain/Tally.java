package dev.eddy.benchmarks.explain;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Counts what became of planted records. An instance belongs to one thread. */
final class Tally {
  private int planted;
  private int first;
  private int detected;
  private int firstOfDetected;
  private int mended;

  /**
   * Counts one planted record.
   *
   * @param isDetected whether the planted record is anomalous at all
   * @param isFirst whether the planted field is ranked first
   * @param isMended whether the explanation names a value of the first field that makes the record
   *     normal
   */
  void add(boolean isDetected, boolean isFirst, boolean isMended) {
    planted++;
    first += isFirst ? 1 : 0;
    detected += isDetected ? 1 : 0;
    firstOfDetected += isDetected && isFirst ? 1 : 0;
    mended += isDetected && isMended ? 1 : 0;
  }

  /** Adds another tally's counts. */
  void add(Tally other) {
    planted += other.planted;
    first += other.first;
    detected += other.detected;
    firstOfDetected += other.firstOfDetected;
    mended += other.mended;
  }

  /** Returns the figures; shares of nothing are left out. */
  Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("planted", planted);
    figures.put("detected", detected);
    if (detected > 0) {
      figures.put("firstOfDetected", share(firstOfDetected, detected));
      figures.put("mendedOfDetected", share(mended, detected));
    }
    if (planted > 0) {
      figures.put("firstOfAll", share(first, planted));
    }
    return figures;
  }

  private static double share(int part, int whole) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.3f", (double) part / whole));
  }
}
