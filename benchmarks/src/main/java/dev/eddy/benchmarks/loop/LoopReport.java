package dev.eddy.benchmarks.loop;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is counted while the loop runs. Safe for use by several threads. */
final class LoopReport {
  private final List<Map<String, Object>> story = new ArrayList<>();
  private int promotions;
  private int rejected;
  private int badPromoted;
  private double worstDrop;
  private long poisonSeen;
  private long poisonedAccepted;
  private double first = Double.NaN;
  private double last = Double.NaN;

  /**
   * Notes a version that began to serve.
   *
   * @param passed share of the run
   * @param auprc on records of that moment
   * @param best the best of all champions before it on the same records; NaN for the first
   */
  synchronized void promoted(String version, double passed, double auprc, double best) {
    double drop = Double.isNaN(best) ? 0 : Math.max(0, best - auprc);
    promotions++;
    worstDrop = Math.max(worstDrop, drop);
    badPromoted += drop > LoopRun.TOLERATED_DROP ? 1 : 0;
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("event", "promoted");
    entry.put("version", version);
    entry.put("passed", rounded(passed));
    entry.put("auprc", rounded(auprc));
    if (!Double.isNaN(best)) {
      entry.put("bestBefore", rounded(best));
    }
    story.add(entry);
  }

  /** Notes a candidate that does not serve. */
  synchronized void rejected(String version, double passed, String reason) {
    rejected++;
    story.add(
        Map.of(
            "event", "rejected", "version", version, "passed", rounded(passed), "reason", reason));
  }

  /** Notes that a version serves that must not. */
  synchronized void bad(String version) {
    badPromoted++;
    story.add(Map.of("event", "bad version serves", "version", version));
  }

  /** Notes what became of the unlabelled flood in one training. */
  synchronized void poison(long seen, long accepted) {
    poisonSeen = Math.max(poisonSeen, seen);
    poisonedAccepted += accepted;
  }

  /** Notes how the first and the last champion do on the records of the end. */
  synchronized void compared(double firstChampion, double lastChampion) {
    first = firstChampion;
    last = lastChampion;
  }

  synchronized Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("promotions", promotions);
    figures.put("rejected", rejected);
    figures.put("badPromoted", badPromoted);
    figures.put("worstDropAfterPromotion", rounded(worstDrop));
    figures.put("poisonedRecords", poisonSeen);
    figures.put("poisonedAccepted", poisonedAccepted);
    figures.put("auprcFirst", rounded(first));
    figures.put("auprcLast", rounded(last));
    figures.put("story", List.copyOf(story));
    return figures;
  }

  private static double rounded(double value) {
    return Double.isNaN(value) ? value : Math.round(value * 10_000) / 10_000.0;
  }
}
