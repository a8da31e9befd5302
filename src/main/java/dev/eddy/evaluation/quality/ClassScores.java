package dev.eddy.evaluation.quality;

import dev.eddy.evaluation.DetectionMetrics;
import dev.eddy.evaluation.LabelledScore;
import java.util.ArrayList;
import java.util.List;

/** What probabilities of classes are worth, against the truth. */
final class ClassScores {
  private ClassScores() {}

  /**
   * Returns the AUROC of each class against the rest, weighted by the class's rows; classes without
   * rows do not count, rows of class -1 are rest. With two classes it is the usual AUROC.
   */
  static double auroc(double[][] probabilities, int[] truth) {
    int classes = probabilities[0].length;
    double sum = 0;
    double weight = 0;
    for (int c = 0; c < classes; c++) {
      var auroc = DetectionMetrics.auroc(against(probabilities, truth, c));
      if (auroc.isPresent()) {
        long rows = count(truth, c);
        sum += rows * auroc.getAsDouble();
        weight += rows;
      }
    }
    return sum / weight;
  }

  /** Returns the class's probabilities with the truth. */
  static List<LabelledScore> against(double[][] probabilities, int[] truth, int labelClass) {
    List<LabelledScore> scores = new ArrayList<>(truth.length);
    for (int row = 0; row < truth.length; row++) {
      scores.add(LabelledScore.of(probabilities[row][labelClass], truth[row] == labelClass));
    }
    return scores;
  }

  /** Returns the mean over classes that have rows of the F1 of the most probable class. */
  static double macroF1(double[][] probabilities, int[] truth) {
    int classes = probabilities[0].length;
    int[] right = new int[classes];
    int[] chosen = new int[classes];
    int[] real = new int[classes];
    for (int row = 0; row < truth.length; row++) {
      int best = 0;
      for (int c = 1; c < classes; c++) {
        best = probabilities[row][c] > probabilities[row][best] ? c : best;
      }
      chosen[best]++;
      if (truth[row] >= 0) {
        real[truth[row]]++;
        right[best] += truth[row] == best ? 1 : 0;
      }
    }
    double sum = 0;
    int counted = 0;
    for (int c = 0; c < classes; c++) {
      if (real[c] > 0) {
        sum += 2.0 * right[c] / (chosen[c] + real[c]);
        counted++;
      }
    }
    return sum / counted;
  }

  private static long count(int[] truth, int labelClass) {
    long count = 0;
    for (int one : truth) {
      count += one == labelClass ? 1 : 0;
    }
    return count;
  }
}
