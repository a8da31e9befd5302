package dev.eddy.augmentation;

import dev.eddy.evaluation.quality.LiftJudge;
import dev.eddy.evaluation.quality.QualityReport.Lift;
import dev.eddy.evaluation.quality.RareClassifier;
import dev.eddy.evaluation.quality.RecordTable;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;

/**
 * Measures on at most {@value #MOST_ROWS} real rows what synthetic rows of the {@value
 * #MOST_CLASSES} rarest classes do for each classifier that lift is judged by.
 */
final class LiftTrials {
  private static final int MOST_CLASSES = 4;
  private static final double RARE = 0.1;
  private static final int REPETITIONS = 5;
  private static final int FEWEST_ROWS = 10;
  private static final int MOST_ROWS = 4_000;
  private static final int TIMES = 3; // synthetic rows for each real one

  private final RecordTable training;
  private final RecordTable heldOut;
  private final TokenRows rows;
  private final Map<String, LiftJudge> judges = new TreeMap<>();

  /** Makes synthetic rows. */
  interface Source {
    /** Draws rows of a class. */
    RecordTable draw(String labelClass, int wanted, long seed);
  }

  /**
   * Rows to measure on.
   *
   * @param rows has the classes, the largest first
   */
  LiftTrials(RecordTable training, RecordTable heldOut, TokenRows rows, long seed) {
    this.training = training.atMost(MOST_ROWS);
    this.heldOut = heldOut.atMost(MOST_ROWS);
    this.rows = rows;
    RareClassifier.byName()
        .forEach(
            (name, classifier) ->
                judges.put(
                    name,
                    new LiftJudge(this.training, this.heldOut, REPETITIONS, seed, classifier)));
  }

  /** Returns by class, then by classifier, what was measured. */
  Map<String, Map<String, Lift>> of(Source source) {
    Map<String, Map<String, Lift>> lifts = new TreeMap<>();
    for (int place = rows.classes().size() - 1; place > 0; place--) {
      String labelClass = rows.classes().get(place);
      if (lifts.size() < MOST_CLASSES && isJudged(labelClass)) {
        lifts.put(labelClass, of(labelClass, source));
      }
    }
    return lifts;
  }

  private boolean isJudged(String labelClass) {
    int count = training.ofClass(labelClass).rows();
    return count >= FEWEST_ROWS
        && count < RARE * training.rows()
        && heldOut.ofClass(labelClass).rows() >= FEWEST_ROWS;
  }

  private Map<String, Lift> of(String labelClass, Source source) {
    int wanted = TIMES * training.ofClass(labelClass).rows();
    Map<Long, RecordTable> drawn = new HashMap<>(); // all classifiers get the same rows
    LongFunction<RecordTable> synthetic =
        seed -> drawn.computeIfAbsent(seed, s -> source.draw(labelClass, wanted, s));
    Map<String, Lift> byClassifier = new TreeMap<>();
    judges.forEach((name, judge) -> byClassifier.put(name, judge.judge(labelClass, synthetic)));
    return byClassifier;
  }
}
