package dev.eddy.evaluation.quality;

import java.util.LinkedHashMap;
import java.util.Map;

/** Learns one class against all others, and ranks rows by it. */
@FunctionalInterface
public interface RareClassifier {

  /**
   * Learns from rows and scores others.
   *
   * @param code how tables become numbers
   * @param training rows to learn from
   * @param weights one for each of them
   * @param test rows to score
   * @param seed of what is random in its training
   * @return one score a test row, higher for the class
   */
  double[] scores(
      TableCode code,
      RecordTable training,
      String labelClass,
      float[] weights,
      RecordTable test,
      long seed);

  /** Returns the classifiers that lift is judged by, by name: boosting, neural. */
  static Map<String, RareClassifier> byName() {
    Map<String, RareClassifier> classifiers = new LinkedHashMap<>();
    classifiers.put("boosting", boosting());
    classifiers.put("neural", new NeuralClassifier());
    return classifiers;
  }

  /**
   * Returns gradient boosting that does not diverge on a class of a few rows: leaves of at least 5
   * rows, and their values with a ridge penalty of 1. Without it the first leaf of a class of share
   * p is worth 1 / p.
   */
  static RareClassifier boosting() {
    BoostedTrees trees = new BoostedTrees(60, 1, 5);
    return (code, training, labelClass, weights, test, seed) -> {
      double[][] found =
          trees.probabilities(
              code.encode(training).labelled(training.isOf(labelClass), 2),
              weights,
              code.encode(test));
      double[] scores = new double[found.length];
      for (int row = 0; row < scores.length; row++) {
        scores[row] = found[row][1];
      }
      return scores;
    };
  }
}
