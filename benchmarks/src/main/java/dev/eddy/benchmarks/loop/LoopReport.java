package dev.eddy.benchmarks.loop;

import java.util.LinkedHashMap;
import java.util.Map;

/** What is counted while the loop runs. Safe for use by several threads. */
final class LoopReport {
  private int promotions;
  private int rejected;
  private int badPromoted;
  private double worstFall;
  private double worstDrop;
  private double worstDropOfAll;
  private long poisonSeen;
  private long poisonedAccepted;
  private double first = Double.NaN;
  private double last = Double.NaN;

  /**
   * Notes a version that began to serve. It is a bad one if the stream fell with it, at kinds of
   * anomalies that it had labels of: a loss at others nobody can know before somebody labels them.
   *
   * @param all at all kinds of anomalies that there are by now
   * @param labelled at those that it had labels of
   */
  synchronized void promoted(Drop all, Drop labelled) {
    promotions++;
    worstDrop = Math.max(worstDrop, labelled.size());
    worstDropOfAll = Math.max(worstDropOfAll, all.size());
    worstFall = Math.max(worstFall, labelled.fall());
    badPromoted += labelled.fall() > LoopRun.TOLERATED_DROP ? 1 : 0;
  }

  /** Notes that a detector that serves does so again, as another version. */
  synchronized void promotedAgain() {
    promotions++;
  }

  /** Notes a candidate that does not serve. */
  synchronized void rejected() {
    rejected++;
  }

  /** Notes that a version serves that must not. */
  synchronized void bad() {
    badPromoted++;
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
    figures.put("worstFallAfterPromotion", rounded(worstFall));
    figures.put("worstDropAfterPromotion", rounded(worstDrop));
    figures.put("worstDropWithUnlabelledKinds", rounded(worstDropOfAll));
    figures.put("poisonedRecords", poisonSeen);
    figures.put("poisonedAccepted", poisonedAccepted);
    figures.put("auprcFirst", rounded(first));
    figures.put("auprcLast", rounded(last));
    return figures;
  }

  static double rounded(double value) {
    return Double.isNaN(value) ? value : Math.round(value * 10_000) / 10_000.0;
  }
}
