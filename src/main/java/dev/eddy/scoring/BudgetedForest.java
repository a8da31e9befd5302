package dev.eddy.scoring;

import com.amazon.randomcutforest.RandomCutForest;

/**
 * The AWS Random Cut Forest (Guha et al., ICML 2016) on a bounded share of records, because asking
 * and teaching it costs some hundred times as much as all else that the baseline does. It learns
 * every record at first, then one in 32; it is asked about those and about records that look
 * suspicious: on average one record in 12, and at most a few hundred in a row. Counted in records,
 * not in time, so that the same records give the same scores.
 */
final class BudgetedForest {
  private static final int TREES = 30;
  private static final int SAMPLE = 256;
  private static final int LEARN_ALL = 256;
  private static final int RECORDS_PER_LESSON = 32;
  private static final int RECORDS_PER_QUESTION = 12;
  private static final int MOST_SAVED_QUESTIONS = 256;

  private final RandomCutForest forest;
  private long records;
  private int savedQuestions;

  BudgetedForest(int dimensions, long seed) {
    this.forest =
        RandomCutForest.builder()
            .dimensions(dimensions)
            .numberOfTrees(TREES)
            .sampleSize(SAMPLE)
            .outputAfter(OnlineCalibration.SILENT)
            .randomSeed(seed)
            .build();
    this.savedQuestions = MOST_SAVED_QUESTIONS;
  }

  /** Returns whether there is a question left, and counts it as used. */
  boolean mayAsk() {
    if (savedQuestions == 0 || !forest.isOutputReady()) {
      return false;
    }
    savedQuestions--;
    return true;
  }

  /** Returns the forest's score of a point; higher is more anomalous. */
  double score(float[] point) {
    return forest.getAnomalyScore(point);
  }

  /** Returns whether this record's turn has come to be learned. */
  boolean isTurn() {
    return records < LEARN_ALL || records % RECORDS_PER_LESSON == 0;
  }

  /** Counts a record; learns it where it is its turn. */
  void learn(float[] point) {
    if (isTurn()) {
      forest.update(point);
    }
    if (records++ % RECORDS_PER_QUESTION == 0) {
      savedQuestions = Math.min(MOST_SAVED_QUESTIONS, savedQuestions + 1);
    }
  }
}
