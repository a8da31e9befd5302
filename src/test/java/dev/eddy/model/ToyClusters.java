package dev.eddy.model;

import dev.eddy.feature.FeatureMatrix;
import java.util.SplittableRandom;

/**
 * Two clusters in six dimensions as normal rows, and anomalies between and around them: each
 * feature of an anomaly is ordinary, only together they are not. Standardised by construction.
 */
public final class ToyClusters {
  public static final int FEATURES = 6;

  private ToyClusters() {}

  /** Returns rows of which the first {@code normal} are normal and the others anomalous. */
  public static FeatureMatrix rows(int normal, int anomalous, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    FeatureMatrix rows = new FeatureMatrix(FEATURES, normal + anomalous);
    for (int row = 0; row < normal + anomalous; row++) {
      int start = rows.append();
      double side = random.nextBoolean() ? 1 : -1;
      for (int i = 0; i < FEATURES; i++) {
        double centre = row < normal ? side : random.nextBoolean() ? 1 : -1;
        rows.values()[start + i] = (float) (centre + 0.2 * random.nextGaussian());
      }
      if (row >= normal) {
        rows.values()[start] = -Math.signum(rows.values()[start + 1]); // never both on one side
      }
    }
    return rows;
  }

  /** Returns the share of pairs in which the anomaly scores higher; ties count half. */
  public static double auroc(double[] scores, int normal) {
    double wins = 0;
    for (int i = normal; i < scores.length; i++) {
      for (int j = 0; j < normal; j++) {
        wins += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
      }
    }
    return wins / ((double) normal * (scores.length - normal));
  }
}
