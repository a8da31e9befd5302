package dev.eddy.evaluation.quality;

import com.microsoft.ml.lightgbm.PredictionType;
import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMBooster.FeatureImportanceType;
import io.github.metarank.lightgbm4j.LGBMDataset;
import io.github.metarank.lightgbm4j.LGBMException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Gradient boosting by LightGBM (Ke et al., 2017) on one thread, repeatable: 31 leaves, rate 0.1,
 * its defaults; more than two classes one against the rest.
 */
final class BoostedTrees {
  private final int trees;
  private final double ridge;
  private final int leafRows;

  /** Makes a classifier of so many rounds, as LightGBM has it. */
  BoostedTrees(int trees) {
    this(trees, 0, 20);
  }

  /**
   * Makes a classifier.
   *
   * @param trees how many rounds
   * @param ridge penalty on the squares of leaves' values, {@code >= 0}
   * @param leafRows rows of a leaf at least
   */
  BoostedTrees(int trees, double ridge, int leafRows) {
    this.trees = trees;
    this.ridge = ridge;
    this.leafRows = leafRows;
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
    return byRow(forests(training, weights, booster -> probability(booster, test)));
  }

  /**
   * Learns, and returns what it learned as texts of LightGBM: one for two classes, else one for
   * each class.
   */
  List<String> texts(EncodedRows training, float[] weights) {
    return forests(
        training,
        weights,
        booster -> booster.saveModelToString(0, -1, FeatureImportanceType.SPLIT));
  }

  /** Returns probabilities by row, then by class, of what {@link #texts} gave. */
  static double[][] probabilities(List<String> texts, EncodedRows rows) {
    checkLoaded();
    List<double[]> ofClasses = new ArrayList<>();
    for (String text : texts) {
      try (LGBMBooster booster = LGBMBooster.loadModelFromString(text)) {
        ofClasses.add(probability(booster, rows));
      } catch (LGBMException e) {
        throw new IllegalStateException("gradient boosting failed", e);
      }
    }
    return byRow(ofClasses);
  }

  /** What is made of a trained booster before it is freed. */
  private interface Use<T> {
    T of(LGBMBooster booster) throws LGBMException;
  }

  private static void checkLoaded() {
    if (!LightGbm.isLoaded()) {
      throw new IllegalStateException("LightGBM must be loaded: on Linux it needs libgomp");
    }
  }

  /**
   * Trains the second of two classes, or each class against all others. More than two classes at
   * once are out of the binding's reach: its buffer holds two predictions a row, and the library
   * writes one for each class.
   */
  private <T> List<T> forests(EncodedRows training, float[] weights, Use<T> use) {
    checkLoaded();
    if (training.classes() == 2) {
      return List.of(forest(training, 1, weights, use));
    }
    List<T> ofClasses = new ArrayList<>();
    for (int labelClass = 0; labelClass < training.classes(); labelClass++) {
      ofClasses.add(forest(training, labelClass, weights, use));
    }
    return ofClasses;
  }

  private <T> T forest(EncodedRows training, int labelClass, float[] weights, Use<T> use) {
    String parameters = parameters(training);
    try (LGBMDataset data =
        LGBMDataset.createFromMat(
            training.cells(), training.rows(), training.columns(), true, parameters, null)) {
      float[] labels = new float[training.rows()];
      for (int row = 0; row < labels.length; row++) {
        labels[row] = training.classOf()[row] == labelClass ? 1 : 0;
      }
      data.setField("label", labels);
      data.setField("weight", weights);
      try (LGBMBooster booster = LGBMBooster.create(data, parameters)) {
        boolean finished = false;
        for (int tree = 0; tree < trees && !finished; tree++) {
          finished = booster.updateOneIter();
        }
        return use.of(booster);
      }
    } catch (LGBMException e) {
      throw new IllegalStateException("gradient boosting failed", e);
    }
  }

  private static double[] probability(LGBMBooster booster, EncodedRows rows) throws LGBMException {
    return booster.predictForMat(
        rows.cells(),
        rows.rows(),
        rows.columns(),
        true,
        PredictionType.C_API_PREDICT_NORMAL,
        "num_threads=1");
  }

  private String parameters(EncodedRows rows) {
    String categories =
        IntStream.range(rows.numbers(), rows.columns())
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(","));
    return "objective=binary num_threads=1 deterministic=true force_row_wise=true seed=1 verbosity=-1"
        + " lambda_l2="
        + ridge
        + " min_data_in_leaf="
        + leafRows
        + (categories.isEmpty() ? "" : " categorical_feature=" + categories);
  }

  /** Turns one probability a row of the second of two classes, or of each class, into shares. */
  private static double[][] byRow(List<double[]> ofClasses) {
    double[][] probabilities = new double[ofClasses.get(0).length][];
    for (int row = 0; row < probabilities.length; row++) {
      int place = row;
      double[] shares = ofClasses.stream().mapToDouble(of -> of[place]).toArray();
      if (shares.length == 1) {
        shares = new double[] {1 - shares[0], shares[0]};
      }
      double sum = Arrays.stream(shares).sum();
      for (int i = 0; i < shares.length; i++) {
        shares[i] /= sum;
      }
      probabilities[row] = shares;
    }
    return probabilities;
  }
}
