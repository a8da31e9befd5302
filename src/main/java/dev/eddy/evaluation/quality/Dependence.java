package dev.eddy.evaluation.quality;

import java.util.SplittableRandom;

/**
 * Whether what goes together in a class's real rows goes together in generated ones. A mean over
 * all pairs says little by itself: most pairs of most tables are nearly independent. So what
 * independent columns of the right shapes reach stands beside, from columns of the training rows
 * that are drawn each by itself.
 *
 * @param pairTrends of generated rows against held-out rows
 * @param natural of the training rows
 * @param independent of rows whose columns are drawn from the training rows, each by itself; mean
 *     over draws
 * @param independentError standard deviation over draws: what chance does to such a figure
 */
public record Dependence(
    double pairTrends, double natural, double independent, double independentError) {
  private static final int DRAWS = 5;

  /** Most rows of a table that are looked at. */
  public static final int MOST_ROWS = 2_000;

  /**
   * Measures rows of one class. Few rows are further from any distribution than many, so as many
   * independent rows are drawn as there are generated ones; where training rows are fewer, they
   * reach less than they could, and the way between the two is told too short rather than too long.
   */
  public static Dependence of(
      RecordTable training, RecordTable heldOut, RecordTable generated, long seed) {
    RecordTable fresh = heldOut.atMost(MOST_ROWS);
    RecordTable found = generated.atMost(MOST_ROWS);
    SplittableRandom random = new SplittableRandom(seed);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < DRAWS; i++) {
      int[] drawn = random.ints(found.rows(), 0, training.rows()).toArray();
      RecordTable independent = training.select(drawn).shuffledWithinClasses(random.nextLong());
      double trends = new PairTrends(fresh, independent).mean();
      sum += trends;
      squares += trends * trends;
    }
    double mean = sum / DRAWS;
    return new Dependence(
        new PairTrends(fresh, found).mean(),
        new PairTrends(fresh, training.atMost(found.rows())).mean(),
        mean,
        Math.sqrt(Math.max(0, squares / DRAWS - mean * mean)));
  }
}
