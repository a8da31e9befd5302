package dev.eddy.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The score of the Numenta Anomaly Benchmark (Lavin and Ahmad, "Evaluating Real-Time Anomaly
 * Detection Algorithms", ICMLA 2015, arXiv:1510.03336), version 1.1. Anomalies are windows of a
 * series. The earliest detection in a window counts, by a sigmoid of its place in the window; each
 * detection outside of any window costs, the less the closer it follows a window; each window
 * without a detection costs 1. One threshold holds for all series: the best one. The sum is scaled
 * so that detecting nothing scores 0 and detecting each window with its first row scores 100.
 */
public final class NabScorer {
  /** What a false detection far from any window costs, in the standard profile. */
  public static final double STANDARD = 0.11;

  /** The same where false detections should be few. */
  public static final double FEW_FALSE_POSITIVES = 0.22;

  private static final double PROBATION_SHARE = 0.15;
  private static final int MOST_PROBATION_ROWS = 5_000;
  private static final double STEEPNESS = 5;
  private static final double FAR = 3;

  private final double falsePositive;
  private final List<Row> rows = new ArrayList<>();
  private int windows;

  /**
   * One row after the probation.
   *
   * @param score of the detector
   * @param reward of a detection here
   * @param window the row's window, by number; -1: none
   */
  private record Row(double score, double reward, int window) {}

  /**
   * The result.
   *
   * @param score at most 100
   * @param threshold the best one: rows that score at least this are detections; infinite where
   *     detecting nothing is best
   * @param windows how many windows there are
   * @param found how many of them hold a detection
   * @param falseRows detections outside of any window
   */
  public record Result(double score, double threshold, int windows, int found, int falseRows) {}

  private record Window(int first, int last) {
    int length() {
      return last - first + 1;
    }
  }

  /** Makes a scorer of nothing yet. */
  public NabScorer(double falsePositive) {
    this.falsePositive = falsePositive;
  }

  /** Returns how many rows of a series are not judged: a detector may learn from them. */
  public static int probation(int rows) {
    return (int) Math.floor(PROBATION_SHARE * Math.min(rows, MOST_PROBATION_ROWS));
  }

  /**
   * Adds a series.
   *
   * @param inWindow whether a row is in a window; rows of a window follow one another
   * @param scores of the detector, higher for more anomalous; those of the first {@link #probation}
   *     rows are not looked at
   */
  public void add(boolean[] inWindow, double[] scores) {
    List<Window> found = windows(inWindow);
    double best = sigmoid(-1);
    Window previous = null;
    int next = 0;
    for (int row = 0; row < inWindow.length; row++) {
      boolean inside = next < found.size() && row >= found.get(next).first();
      double reward;
      if (inside) {
        Window window = found.get(next);
        reward = sigmoid(-(window.last() - row + 1) / (double) window.length()) / best;
      } else {
        reward = falsePositive * outside(row, previous);
      }
      if (row >= probation(inWindow.length)) {
        rows.add(new Row(scores[row], reward, inside ? windows + next : -1));
      }
      if (inside && row == found.get(next).last()) {
        previous = found.get(next++);
      }
    }
    windows += found.size();
  }

  private static double outside(int row, @Nullable Window previous) {
    return previous == null
        ? -1
        : sigmoid((row - previous.last()) / Math.max(1.0, previous.length() - 1.0));
  }

  private static List<Window> windows(boolean[] inWindow) {
    List<Window> windows = new ArrayList<>();
    int first = -1;
    for (int row = 0; row < inWindow.length; row++) {
      if (inWindow[row] && first < 0) {
        first = row;
      }
      if (first >= 0 && (row == inWindow.length - 1 || !inWindow[row + 1])) {
        windows.add(new Window(first, row));
        first = -1;
      }
    }
    return windows;
  }

  /** Falls from 1 through 0 at the window's end to -1. */
  private static double sigmoid(double place) {
    return place > FAR ? -1 : 2 / (1 + Math.exp(STEEPNESS * place)) - 1;
  }

  /** Returns the score at the best threshold; NaN where no series has a window. */
  public Result result() {
    List<Row> descending = new ArrayList<>(rows);
    descending.sort(Comparator.comparingDouble(Row::score).reversed());
    double[] rewards = new double[windows];
    boolean[] found = new boolean[windows];
    double sum = -windows;
    Result best = result(sum, Double.POSITIVE_INFINITY, 0, 0);
    int detected = 0;
    int falseRows = 0;
    for (int i = 0; i < descending.size(); i++) {
      Row row = descending.get(i);
      if (row.window() < 0) {
        sum += row.reward();
        falseRows++;
      } else if (!found[row.window()]) {
        found[row.window()] = true;
        detected++;
        rewards[row.window()] = row.reward();
        sum += 1 + row.reward();
      } else if (row.reward() > rewards[row.window()]) {
        sum += row.reward() - rewards[row.window()];
        rewards[row.window()] = row.reward();
      }
      boolean tie = i + 1 < descending.size() && descending.get(i + 1).score() == row.score();
      Result here = result(sum, row.score(), detected, falseRows);
      best = !tie && here.score() > best.score() ? here : best;
    }
    return best;
  }

  private Result result(double sum, double threshold, int detected, int falseRows) {
    return new Result(
        100 * (sum + windows) / (2.0 * windows), threshold, windows, detected, falseRows);
  }
}
