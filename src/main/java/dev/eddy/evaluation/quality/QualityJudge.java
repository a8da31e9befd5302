package dev.eddy.evaluation.quality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Measures synthetic records against real ones. What depends on the real rows alone is computed
 * once, so several generators can be judged alike. The same rows and seed give the same figures.
 */
public final class QualityJudge {
  private static final int TREES = 100;
  private static final int FOLDS = 3;
  private static final int MOST_MODES = 30;
  private static final int FEWEST_ROWS = 50;

  private final RecordTable training;
  private final RecordTable heldOut;
  private final Limits limits;
  private final long seed;
  private final List<String> notes = new ArrayList<>();
  private final TableCode code;
  private final EncodedRows test;
  private final double[] realScores; // AUROC and F1 of boosting, then of logistic regression
  private final double naturalShapes;
  private final double naturalTrends;
  private final double independentTrends;
  private final double naturalTold;
  private final PrivacyFigures privacy;
  private final PrincipalSpace space;
  private final double[][] heldOutPoints;
  private final Modes modes;
  private final double naturalFound;
  private final double naturalFrechet;

  /**
   * How many rows are looked at, at most: what bounds the time.
   *
   * @param classifierRows rows that a classifier is trained on or tells apart
   * @param nearestRows rows whose nearest are looked for
   * @param neighbours rows among which the nearest are looked for
   */
  public record Limits(int classifierRows, int nearestRows, int neighbours) {
    /** For a trainer beside a running stream: seconds. */
    public static final Limits STREAM = new Limits(8_000, 500, 8_000);

    /** For a report that may take a minute. */
    public static final Limits REPORT = new Limits(50_000, 2_000, 30_000);
  }

  private QualityJudge(RecordTable training, RecordTable heldOut, Limits limits, long seed) {
    this.training = training.atMost(limits.classifierRows());
    this.heldOut = heldOut.atMost(limits.classifierRows());
    this.limits = limits;
    this.seed = seed;
    this.code = new TableCode(this.training);
    this.test = code.encode(this.heldOut);
    this.realScores = classes() < 2 ? new double[4] : scores(this.training);
    if (classes() < 2) {
      notes.add("utility needs two classes, got " + code.classes());
    }
    this.naturalShapes = TableShapes.mean(TableShapes.byColumn(this.heldOut, this.training));
    this.naturalTrends = new PairTrends(this.heldOut, this.training).mean();
    this.independentTrends =
        new PairTrends(this.heldOut, this.training.shuffledWithinClasses(seed)).mean();
    this.naturalTold = told(this.training);
    this.privacy =
        new PrivacyFigures(
            training.atMost(limits.neighbours()),
            this.heldOut,
            Math.min(limits.nearestRows(), this.heldOut.rows()));
    this.space = new PrincipalSpace(this.training);
    this.heldOutPoints = space.points(this.heldOut);
    double[][] trainingPoints = space.points(this.training);
    this.modes = new Modes(trainingPoints, MOST_MODES, new SplittableRandom(seed));
    this.naturalFound = Modes.found(modes.shares(heldOutPoints), modes.shares(trainingPoints));
    this.naturalFrechet = FrechetDistance.of(heldOutPoints, trainingPoints);
  }

  /**
   * Makes a judge.
   *
   * @param training real rows that generators were trained on
   * @param heldOut real rows that they never saw
   * @return null where there are fewer than 50 rows of either, too few to say anything, or where
   *     LightGBM cannot be loaded on this machine
   */
  public static @Nullable QualityJudge of(
      RecordTable training, RecordTable heldOut, Limits limits, long seed) {
    return Math.min(training.rows(), heldOut.rows()) < FEWEST_ROWS || !LightGbm.isLoaded()
        ? null
        : new QualityJudge(training, heldOut, limits, seed);
  }

  private int classes() {
    return code.classes().size();
  }

  /**
   * Measures all but the lift. Give as many synthetic rows as training rows, in their class mix.
   */
  public QualityReport judge(RecordTable synthetic) {
    RecordTable some = synthetic.atMost(training.rows());
    Map<String, Double> shapes = TableShapes.byColumn(heldOut, some);
    PairTrends trends = new PairTrends(heldOut, some);
    double[][] points = space.points(some);
    return new QualityReport(
        training.rows(),
        heldOut.rows(),
        some.rows(),
        new QualityReport.Fidelity(
            TableShapes.mean(shapes),
            naturalShapes,
            TableShapes.mean(TableShapes.byColumn(training, some)),
            shapes,
            trends.mean(),
            naturalTrends,
            independentTrends,
            new PairTrends(training, some).mean(),
            trends.byColumn(),
            told(some),
            naturalTold),
        classes() < 2 ? null : utility(some),
        Map.of(),
        Map.of(),
        new QualityReport.Coverage(
            modes.count(),
            Modes.found(modes.shares(heldOutPoints), modes.shares(points)),
            naturalFound),
        privacy.of(synthetic.atMost(limits.neighbours())),
        FrechetDistance.of(heldOutPoints, points),
        naturalFrechet,
        notes);
  }

  private QualityReport.Utility utility(RecordTable synthetic) {
    double[] found = scores(synthetic);
    return new QualityReport.Utility(
        new QualityReport.Judged(realScores[0], found[0], realScores[1], found[1]),
        new QualityReport.Judged(realScores[2], found[2], realScores[3], found[3]));
  }

  /** Trains on rows and returns AUROC and F1 of boosting and of logistic regression. */
  private double[] scores(RecordTable rows) {
    EncodedRows encoded = code.encode(rows);
    double[][] boosted = new BoostedTrees(TREES).probabilities(encoded, ones(encoded.rows()), test);
    double[][] logistic = logistic(rows, encoded.classOf());
    int[] truth = test.classOf();
    return new double[] {
      ClassScores.auroc(boosted, truth),
      ClassScores.macroF1(boosted, truth),
      ClassScores.auroc(logistic, truth),
      ClassScores.macroF1(logistic, truth)
    };
  }

  private double[][] logistic(RecordTable rows, int[] classOf) {
    double[][] oneHot = code.oneHot(rows);
    double[][] asked = code.oneHot(heldOut);
    double[][] probabilities = new double[asked.length][classes()];
    for (int c = classes() == 2 ? 1 : 0; c < classes(); c++) {
      boolean[] positive = new boolean[oneHot.length];
      for (int row = 0; row < positive.length; row++) {
        positive[row] = classOf[row] == c;
      }
      double[] found = LogisticRegression.fit(oneHot, positive).probabilities(asked);
      for (int row = 0; row < asked.length; row++) {
        probabilities[row][c] = found[row];
        if (classes() == 2) {
          probabilities[row][0] = 1 - found[row];
        }
      }
    }
    return probabilities;
  }

  static float[] ones(int rows) {
    float[] ones = new float[rows];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** Returns the AUROC of trees that tell synthetic from held-out rows; the class is a column. */
  private double told(RecordTable synthetic) {
    int each = Math.min(heldOut.rows(), synthetic.rows());
    RecordTable both =
        withClassAsColumn(shuffled(heldOut, each, 1).and(shuffled(synthetic, each, 2)));
    int[] origin = IntStream.range(0, 2 * each).map(row -> row < each ? 0 : 1).toArray();
    EncodedRows encoded = new TableCode(both).encode(both).labelled(origin, 2);
    double[][] probabilities = new double[2 * each][];
    for (int fold = 0; fold < FOLDS; fold++) {
      int kept = fold;
      int[] learn = IntStream.range(0, 2 * each).filter(row -> row % FOLDS != kept).toArray();
      int[] asked = IntStream.range(0, 2 * each).filter(row -> row % FOLDS == kept).toArray();
      EncodedRows training = select(encoded, learn);
      double[][] found =
          new BoostedTrees(TREES)
              .probabilities(training, ones(learn.length), select(encoded, asked));
      for (int i = 0; i < asked.length; i++) {
        probabilities[asked[i]] = found[i];
      }
    }
    return ClassScores.auroc(probabilities, origin);
  }

  private RecordTable shuffled(RecordTable table, int rows, long salt) {
    int[] order = IntStream.range(0, table.rows()).toArray();
    SplittableRandom random = new SplittableRandom(seed + salt);
    for (int i = order.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[other];
      order[other] = kept;
    }
    return table.select(Arrays.copyOf(order, rows));
  }

  private static RecordTable withClassAsColumn(RecordTable table) {
    List<String> names = new ArrayList<>(table.categoryNames());
    names.add("(class)");
    @Nullable String[][] categories =
        IntStream.range(0, table.rows())
            .mapToObj(
                row -> {
                  @Nullable String[] all = Arrays.copyOf(table.categories()[row], names.size());
                  all[names.size() - 1] = table.labels()[row];
                  return all;
                })
            .toArray(String[][]::new);
    return new RecordTable(table.numberNames(), names, table.numbers(), categories, table.labels());
  }

  static EncodedRows select(EncodedRows rows, int[] some) {
    float[] cells = new float[some.length * rows.columns()];
    for (int i = 0; i < some.length; i++) {
      System.arraycopy(
          rows.cells(), some[i] * rows.columns(), cells, i * rows.columns(), rows.columns());
    }
    int[] classOf = Arrays.stream(some).map(row -> rows.classOf()[row]).toArray();
    return new EncodedRows(rows.columns(), rows.numbers(), cells, classOf, rows.classes());
  }
}
