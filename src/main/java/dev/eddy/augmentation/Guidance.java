package dev.eddy.augmentation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which generated rows are kept: those that keep every rule of the definition and have the values
 * that a request fixes. It rejects; whoever draws, draws again, within {@link #mostCandidates}.
 */
public interface Guidance {
  /** How fixed values are honoured, as answers and headers say it. */
  String METHOD = "rejection";

  /** Keeps everything. */
  Guidance FREE =
      new Guidance() {
        @Override
        public boolean isFree() {
          return true;
        }

        @Override
        public boolean isFixed() {
          return false;
        }

        @Override
        public Kept keep(List<SyntheticRow> candidates) {
          return new Kept(candidates, Map.of());
        }
      };

  /**
   * What is kept of some candidates.
   *
   * @param rows in the order of the candidates
   * @param rejected rule to the number of candidates that broke it first
   */
  record Kept(List<SyntheticRow> rows, Map<String, Long> rejected) {
    /** Copies list and map. */
    public Kept {
      rows = List.copyOf(rows);
      rejected = new TreeMap<>(rejected);
    }
  }

  /** Returns whether it keeps everything as it is. */
  boolean isFree();

  /** Returns whether values were fixed, so that the rows need not be shaped as their class is. */
  boolean isFixed();

  /** Looks at candidates, and keeps those that break no rule. */
  Kept keep(List<SyntheticRow> candidates);

  /** Returns how many candidates may be drawn for so many rows before it has to be given up. */
  default long mostCandidates(int rows) {
    return isFree() ? rows : 2_048 + 50L * rows;
  }

  /** Says in one sentence how many rows came of how many candidates, and what broke the others. */
  static String shortfall(int wanted, int found, long candidates, Map<String, Long> rejected) {
    Map<String, Long> sorted = new LinkedHashMap<>();
    rejected.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return "%d of %d rows keep every rule after %d candidates; rejected by rule: %s"
        .formatted(found, wanted, candidates, sorted);
  }
}
