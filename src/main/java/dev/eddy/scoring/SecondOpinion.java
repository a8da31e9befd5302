package dev.eddy.scoring;

import java.util.ArrayList;
import java.util.List;

/**
 * Fuses a model's scores with the baselines'. The model knows what was learned; the baselines learn
 * from each record, so they follow a drift that the model has not seen.
 *
 * <p>The fused p-value is the geometric mean of the two: the scores, being -ln p, are averaged.
 * Where the two agree it is their common p-value; where they are independent it is too large rather
 * than too small from about 0.28 down; and it is never too small by more than a factor of e,
 * however they depend (Vovk and Wang, "Combining p-values via averaging", Biometrika 107, 2020).
 */
public final class SecondOpinion {
  /** Name of the model's own fused score among the parts. */
  public static final String MODEL = "model";

  /** Name of the baselines' own fused score among the parts. */
  public static final String BASELINE = "baseline";

  private SecondOpinion() {}

  /** Fuses two scores, both -ln p. */
  public static double fuse(double model, double baseline) {
    return (model + baseline) / 2;
  }

  /**
   * Fuses one batch.
   *
   * @param baseline one value a row, NaN where the baselines cannot say anything yet: there the
   *     model's score stands alone
   * @return all scores of the model's parts, and both opinions beside them; the second is missing
   *     where there is none
   */
  public static ScoredBatch fuse(ScoredBatch model, double[] baseline) {
    if (baseline.length != model.rows()) {
      throw new IllegalArgumentException(
          "baseline must have %d scores, got %d".formatted(model.rows(), baseline.length));
    }
    double[] fused = new double[baseline.length];
    double[] own = new double[baseline.length];
    double[] second = new double[baseline.length];
    for (int row = 0; row < fused.length; row++) {
      boolean silent = Double.isNaN(baseline[row]);
      own[row] = model.score(row);
      second[row] = baseline[row];
      fused[row] = silent ? own[row] : fuse(own[row], second[row]);
    }
    List<String> names = new ArrayList<>(model.detectorNames());
    List<double[]> scores = new ArrayList<>(model.detectorScores());
    names.add(MODEL);
    scores.add(own);
    names.add(BASELINE);
    scores.add(second);
    return new ScoredBatch(fused, names, scores.toArray(double[][]::new));
  }
}
