package dev.eddy.evaluation.quality;

import com.microsoft.ml.lightgbm.PredictionType;
import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMDataset;
import io.github.metarank.lightgbm4j.LGBMException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Gradient boosting by LightGBM (Ke et al., 2017) on one thread, repeatable: 31 leaves of at least
 * 20 rows, rate 0.1, its defaults.
 */
final class BoostedTrees {
  private final int trees;

  /** Makes a classifier of so many rounds. */
  BoostedTrees(int trees) {
    this.trees = trees;
  }

  /**
   * Learns, and says what it makes of other rows.
   *
   * @param training rows and their classes
   * @param weights one for each training row
   * @param test rows to judge
   * @return probabilities by test row, then by class
   */
  double[][] probabilities(EncodedRows training, float[] weights, EncodedRows test) {
    if (!LightGbm.isLoaded()) {
      throw new IllegalStateException("LightGBM must be loaded: on Linux it needs libgomp");
    }
    try (LGBMDataset data =
        LGBMDataset.createFromMat(
            training.cells(),
            training.rows(),
            training.columns(),
            true,
            parameters(training),
            null)) {
      float[] labels = new float[training.rows()];
      for (int row = 0; row < labels.length; row++) {
        labels[row] = training.classOf()[row];
      }
      data.setField("label", labels);
      data.setField("weight", weights);
      try (LGBMBooster booster = LGBMBooster.create(data, parameters(training))) {
        boolean finished = false;
        for (int tree = 0; tree < trees && !finished; tree++) {
          finished = booster.updateOneIter();
        }
        double[] predicted =
            booster.predictForMat(
                test.cells(),
                test.rows(),
                test.columns(),
                true,
                PredictionType.C_API_PREDICT_NORMAL,
                "num_threads=1");
        return byRow(predicted, test.rows(), training.classes());
      }
    } catch (LGBMException e) {
      throw new IllegalStateException("gradient boosting failed", e);
    }
  }

  private static String parameters(EncodedRows rows) {
    String categories =
        IntStream.range(rows.numbers(), rows.columns())
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(","));
    return "num_threads=1 deterministic=true force_row_wise=true seed=1 verbosity=-1"
        + (rows.classes() == 2
            ? " objective=binary"
            : " objective=multiclass num_class=" + rows.classes())
        + (categories.isEmpty() ? "" : " categorical_feature=" + categories);
  }

  private static double[][] byRow(double[] predicted, int rows, int classes) {
    double[][] probabilities = new double[rows][classes];
    for (int row = 0; row < rows; row++) {
      if (classes == 2) {
        probabilities[row][0] = 1 - predicted[row];
        probabilities[row][1] = predicted[row];
      } else {
        System.arraycopy(predicted, row * classes, probabilities[row], 0, classes);
      }
    }
    return probabilities;
  }
}
