package dev.eddy.evaluation.quality;

import dev.eddy.evaluation.DetectionMetrics;
import dev.eddy.evaluation.LabelledScore;
import dev.eddy.evaluation.quality.QualityReport.Lift;
import dev.eddy.evaluation.quality.QualityReport.Ranking;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/**
 * Measures what it does for a rare class to add its synthetic records to all real ones: a
 * classifier, the class against the rest, paired over repetitions with fresh synthetic rows and a
 * bootstrap of the other real rows, and an interval by bootstrap of the held-out rows. What depends
 * on the real rows alone is computed once, so several generators can be judged alike.
 */
public final class LiftJudge {
  private static final int BOOTSTRAPS = 200;
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
    this.classifier = classifier;
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
    Map<Arm, Ranking> rankings = new EnumMap<>(Arm.class);
    scores.forEach(
        (arm, rows) -> {
          ranked.put(arm, Arrays.stream(rows).map(one -> new RankedRows(one, truth)).toList());
          rankings.put(arm, ranking(rows, truth));
        });
    int[] once = new int[truth.length];
    Arrays.fill(once, 1);
    double gain = gain(ranked, once);
    double[] gains = new double[BOOTSTRAPS];
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < BOOTSTRAPS; i++) {
      int[] times = new int[truth.length];
      for (int row = 0; row < times.length; row++) {
        times[random.nextInt(times.length)]++;
      }
      gains[i] = gain(ranked, times);
    }
    Arrays.sort(gains);
    double low = gains[(int) (0.025 * BOOTSTRAPS)];
    double high = gains[(int) (0.975 * BOOTSTRAPS)];
    Ranking none = new Ranking(Double.NaN, Double.NaN);
    return new Lift(
        positives,
        heldOutPositives,
        repetitions,
        rankings.getOrDefault(Arm.PLAIN, none),
        rankings.getOrDefault(Arm.WEIGHTED, none),
        rankings.getOrDefault(Arm.OVERSAMPLED, none),
        rankings.getOrDefault(Arm.AUGMENTED, none),
        gain,
        low,
        high,
        heldOutPositives >= Lift.FEWEST_POSITIVES && low > 0);
  }

  private static Ranking ranking(double[][] scores, int[] truth) {
    double precision = 0;
    double recall = 0;
    for (double[] one : scores) {
      List<LabelledScore> labelled = labelled(one, truth);
      precision += DetectionMetrics.averagePrecision(labelled).orElse(0);
      recall += DetectionMetrics.recallAtPrecision(labelled, PRECISION).orElse(0);
    }
    return new Ranking(precision / scores.length, recall / scores.length);
  }

  /**
   * Returns the mean average precision of augmented less that of the best other arm.
   *
   * @param times how often each held-out row counts
   */
  private static double gain(Map<Arm, List<RankedRows>> ranked, int[] times) {
    double best = Double.NEGATIVE_INFINITY;
    double augmented = 0;
    for (Map.Entry<Arm, List<RankedRows>> entry : ranked.entrySet()) {
      double precision =
          entry.getValue().stream()
              .mapToDouble(rows -> rows.averagePrecision(times))
              .average()
              .orElse(0);
      if (entry.getKey() == Arm.AUGMENTED) {
        augmented = precision;
      } else {
        best = Math.max(best, precision);
      }
    }
    return augmented - best;
  }

  private static List<LabelledScore> labelled(double[] scores, int[] truth) {
    return IntStream.range(0, scores.length)
        .mapToObj(row -> LabelledScore.of(scores[row], truth[row] == 1))
        .toList();
  }
}
