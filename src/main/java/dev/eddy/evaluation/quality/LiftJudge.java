package dev.eddy.evaluation.quality;

import dev.eddy.evaluation.quality.QualityReport.Lift;
import dev.eddy.evaluation.quality.QualityReport.Ranking;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Measures what it does for a rare class to add its synthetic records to all real ones: a
 * classifier, the class against the rest, paired over repetitions with fresh synthetic rows and a
 * bootstrap of the other real rows, and an interval by bootstrap of the held-out rows. What depends
 * on the real rows alone is computed once, so several generators can be judged alike.
 */
public final class LiftJudge {
  private static final int BOOTSTRAPS = 200;
  private static final int LOW = (int) (0.025 * BOOTSTRAPS);
  private static final int HIGH = (int) (0.975 * BOOTSTRAPS);
  private static final double PRECISION = 0.9;

  private enum Arm {
    PLAIN,
    WEIGHTED,
    OVERSAMPLED,
    AUGMENTED
  }

  /** What the scores of an arm without synthetic rows depend on. */
  private record Known(Arm arm, String labelClass, long seed, int copies) {}

  private final RecordTable training;
  private final RecordTable heldOut;
  private final int repetitions;
  private final TableCode code;
  private final long seed;
  private final RareClassifier classifier;
  private final double othersEach;
  private final Map<Known, double[]> known = new HashMap<>();

  /**
   * Makes a judge.
   *
   * @param repetitions how many pairs, {@code >= 1}; 5 and more for a claim
   */
  public LiftJudge(
      RecordTable training,
      RecordTable heldOut,
      int repetitions,
      long seed,
      RareClassifier classifier) {
    this(training, heldOut, repetitions, seed, classifier, 1);
  }

  /**
   * Makes a judge by held-out rows of which some were left out.
   *
   * @param othersEach how many held-out rows of other classes each of theirs stands for: how often
   *     a class is right depends on how many others there are
   */
  public LiftJudge(
      RecordTable training,
      RecordTable heldOut,
      int repetitions,
      long seed,
      RareClassifier classifier,
      double othersEach) {
    this.classifier = classifier;
    this.othersEach = othersEach;
    this.training = training;
    this.heldOut = heldOut;
    this.repetitions = repetitions;
    this.code = new TableCode(training);
    this.seed = seed;
  }

  /**
   * Measures.
   *
   * @param synthetic makes synthetic rows of the class for a seed
   */
  public Lift judge(String labelClass, LongFunction<RecordTable> synthetic) {
    Map<Arm, double[][]> scores = new EnumMap<>(Arm.class);
    for (Arm arm : Arm.values()) {
      scores.put(arm, new double[repetitions][]);
    }
    int positives = 0;
    for (int repetition = 0; repetition < repetitions; repetition++) {
      RecordTable real = resampled(labelClass, seed + repetition);
      RecordTable added = synthetic.apply(seed + repetition);
      positives = real.rowsOf(labelClass).length;
      for (Arm arm : Arm.values()) {
        rows(scores, arm)[repetition] =
            arm == Arm.AUGMENTED
                ? scores(arm, real, added, labelClass, seed + repetition)
                : known.computeIfAbsent(
                    new Known(arm, labelClass, seed + repetition, added.rows()),
                    of -> scores(arm, real, added, labelClass, of.seed()));
      }
    }
    return lift(positives, heldOut.isOf(labelClass), scores);
  }

  private static double[][] rows(Map<Arm, double[][]> scores, Arm arm) {
    return scores.getOrDefault(arm, new double[0][]);
  }

  /** Draws the other classes' rows with replacement; those of the class are few and stay. */
  private RecordTable resampled(String labelClass, long salt) {
    SplittableRandom random = new SplittableRandom(salt);
    int[] rows = new int[training.rows()];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = row;
      if (!training.labels()[row].equals(labelClass)) {
        int other = random.nextInt(training.rows());
        rows[row] = training.labels()[other].equals(labelClass) ? row : other;
      }
    }
    return training.select(rows);
  }

  private double[] scores(
      Arm arm, RecordTable real, RecordTable added, String labelClass, long salt) {
    int[] ofClass = real.rowsOf(labelClass);
    int rest = real.rows() - ofClass.length;
    RecordTable rows = real;
    float weight = 1;
    if (arm == Arm.AUGMENTED) {
      rows = real.and(added);
    } else if (arm == Arm.OVERSAMPLED) {
      int[] repeated = new int[added.rows()];
      Arrays.setAll(repeated, i -> ofClass[i % ofClass.length]);
      rows = real.and(real.select(repeated));
    } else if (arm == Arm.WEIGHTED) {
      weight = (float) rest / ofClass.length;
    }
    int[] positive = rows.isOf(labelClass);
    float[] weights = QualityJudge.ones(rows.rows());
    for (int row = 0; row < weights.length; row++) {
      weights[row] = positive[row] == 1 ? weight : 1;
    }
    return classifier.scores(code, rows, labelClass, weights, heldOut, salt);
  }

  private Lift lift(int positives, int[] truth, Map<Arm, double[][]> scores) {
    int heldOutPositives = Arrays.stream(truth).sum();
    Map<Arm, List<RankedRows>> ranked = new EnumMap<>(Arm.class);
    scores.forEach(
        (arm, rows) ->
            ranked.put(arm, Arrays.stream(rows).map(one -> new RankedRows(one, truth)).toList()));
    Map<Arm, Ranking> rankings = rankings(ranked, times(truth, null));
    double[] gains = new double[BOOTSTRAPS];
    double[] recallGains = new double[BOOTSTRAPS];
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < BOOTSTRAPS; i++) {
      Map<Arm, Ranking> drawn = rankings(ranked, times(truth, random));
      gains[i] = gain(drawn, Ranking::averagePrecision);
      recallGains[i] = gain(drawn, Ranking::recallAtPrecision90);
    }
    Arrays.sort(gains);
    Arrays.sort(recallGains);
    double low = gains[LOW];
    return new Lift(
        positives,
        heldOutPositives,
        repetitions,
        of(rankings, Arm.PLAIN),
        of(rankings, Arm.WEIGHTED),
        of(rankings, Arm.OVERSAMPLED),
        of(rankings, Arm.AUGMENTED),
        gain(rankings, Ranking::averagePrecision),
        low,
        gains[HIGH],
        gain(rankings, Ranking::recallAtPrecision90),
        recallGains[LOW],
        recallGains[HIGH],
        heldOutPositives >= Lift.FEWEST_POSITIVES && low > 0);
  }

  /** Returns how often each held-out row counts; null: all are drawn once. */
  private double[] times(int[] truth, @Nullable SplittableRandom random) {
    double[] times = new double[truth.length];
    for (int i = 0; i < times.length; i++) {
      int row = random == null ? i : random.nextInt(times.length);
      times[row] += truth[row] == 1 ? 1 : othersEach;
    }
    return times;
  }

  /** Returns the means over repetitions. */
  private static Map<Arm, Ranking> rankings(Map<Arm, List<RankedRows>> ranked, double[] times) {
    Map<Arm, Ranking> rankings = new EnumMap<>(Arm.class);
    ranked.forEach(
        (arm, repeated) ->
            rankings.put(
                arm,
                new Ranking(
                    mean(repeated, rows -> rows.averagePrecision(times)),
                    mean(repeated, rows -> rows.recallAtPrecision(PRECISION, times)))));
    return rankings;
  }

  private static double mean(List<RankedRows> repeated, ToDoubleFunction<RankedRows> figure) {
    return repeated.stream().mapToDouble(figure).average().orElse(0);
  }

  private static Ranking of(Map<Arm, Ranking> rankings, Arm arm) {
    return rankings.getOrDefault(arm, new Ranking(Double.NaN, Double.NaN));
  }

  /** Returns a figure of augmented less that of the best other arm. */
  private static double gain(Map<Arm, Ranking> rankings, ToDoubleFunction<Ranking> figure) {
    double best = Double.NEGATIVE_INFINITY;
    for (Map.Entry<Arm, Ranking> entry : rankings.entrySet()) {
      if (entry.getKey() != Arm.AUGMENTED) {
        best = Math.max(best, figure.applyAsDouble(entry.getValue()));
      }
    }
    return figure.applyAsDouble(of(rankings, Arm.AUGMENTED)) - best;
  }
}
