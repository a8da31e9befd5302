package dev.eddy.evaluation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
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

  /** Of the highest scores each is tried as the threshold, of the others one in a hundred. */
  private static final int TRIED_EACH = 500;

  private static final double TRIED_FACTOR = 1.01;

  private final double falsePositive;
  private final long quietMillis;
  private final List<Series> series = new ArrayList<>();
  private int windows;

  /**
   * A series after its probation.
   *
   * @param times event time of each row
   * @param scores of the detector
   * @param rewards of a detection at each row
   * @param windowOf each row's window, by number; -1: none
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Series(long[] times, double[] scores, double[] rewards, int[] windowOf) {}

  /**
   * The result.
   *
   * @param score at most 100
   * @param threshold rows that score at least this are detections; infinite where detecting nothing
   *     is best
   * @param windows how many windows there are
   * @param found how many of them hold a detection
   * @param falseDetections detections outside of any window
   */
  public record Result(
      double score, double threshold, int windows, int found, int falseDetections) {}

  private record Window(int first, int last) {
    int length() {
      return last - first + 1;
    }
  }

  /**
   * Makes a scorer of nothing yet.
   *
   * @param quiet for how long after a detection the same series raises no other; zero: each row at
   *     or above the threshold is one
   */
  public NabScorer(double falsePositive, Duration quiet) {
    this.falsePositive = falsePositive;
    this.quietMillis = quiet.toMillis();
  }

  /** Returns how many rows of a series are not judged: a detector may learn from them. */
  public static int probation(int rows) {
    return (int) Math.floor(PROBATION_SHARE * Math.min(rows, MOST_PROBATION_ROWS));
  }

  /**
   * Adds a series.
   *
   * @param inWindow whether a row is in a window; rows of a window follow one another
   * @param times event time of each row, milliseconds
   * @param scores of the detector, higher for more anomalous; those of the first {@link #probation}
   *     rows are not looked at
   */
  public void add(boolean[] inWindow, long[] times, double[] scores) {
    List<Window> found = windows(inWindow);
    double best = sigmoid(-1);
    double[] rewards = new double[inWindow.length];
    int[] windowOf = new int[inWindow.length];
    Window previous = null;
    int next = 0;
    for (int row = 0; row < inWindow.length; row++) {
      boolean inside = next < found.size() && row >= found.get(next).first();
      windowOf[row] = inside ? windows + next : -1;
      if (inside) {
        Window window = found.get(next);
        rewards[row] = sigmoid(-(window.last() - row + 1) / (double) window.length()) / best;
      } else {
        rewards[row] = falsePositive * outside(row, previous);
      }
      if (inside && row == found.get(next).last()) {
        previous = found.get(next++);
      }
    }
    windows += found.size();
    int from = probation(inWindow.length);
    series.add(
        new Series(
            Arrays.copyOfRange(times, from, times.length),
            Arrays.copyOfRange(scores, from, scores.length),
            Arrays.copyOfRange(rewards, from, rewards.length),
            Arrays.copyOfRange(windowOf, from, windowOf.length)));
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
    Result best = new Result(100 * (0.0 / windows), Double.POSITIVE_INFINITY, windows, 0, 0);
    for (double threshold : thresholds()) {
      Result here = at(threshold);
      best = here.score() > best.score() ? here : best;
    }
    return best;
  }

  private double[] thresholds() {
    double[] ascending =
        series.stream()
            .flatMapToDouble(of -> Arrays.stream(of.scores()))
            .distinct()
            .sorted()
            .toArray();
    return IntStream.iterate(
            0,
            at -> at < ascending.length,
            at -> Math.max(at + 1, at < TRIED_EACH ? 0 : (int) (at * TRIED_FACTOR)))
        .mapToDouble(at -> ascending[ascending.length - 1 - at])
        .toArray();
  }

  private Result at(double threshold) {
    double[] rewards = new double[windows];
    boolean[] found = new boolean[windows];
    double sum = -windows;
    int falseDetections = 0;
    for (Series of : series) {
      long quietUntil = Long.MIN_VALUE;
      for (int row = 0; row < of.scores().length; row++) {
        if (of.scores()[row] < threshold || of.times()[row] < quietUntil) {
          continue;
        }
        quietUntil = of.times()[row] + quietMillis;
        int window = of.windowOf()[row];
        double reward = of.rewards()[row];
        if (window < 0) {
          sum += reward;
          falseDetections++;
        } else if (!found[window]) {
          found[window] = true;
          rewards[window] = reward;
          sum += 1 + reward;
        } else if (reward > rewards[window]) {
          sum += reward - rewards[window];
          rewards[window] = reward;
        }
      }
    }
    int detected = 0;
    for (boolean one : found) {
      detected += one ? 1 : 0;
    }
    return new Result(
        100 * (sum + windows) / (2.0 * windows), threshold, windows, detected, falseDetections);
  }
}
