package dev.eddy.augmentation;

import dev.eddy.algebra.CholeskyFactor;
import dev.eddy.model.Tensor;
import dev.eddy.model.Tensors;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Where each class starts before any network has learned: its own token shares, and a Gaussian
 * copula for how columns depend on each other. By itself it is the generator of classes that are
 * too small for a network; under the network it leaves less to learn.
 *
 * <p>A row gets one standard normal score a column, correlated as the class's records are. Column
 * c's logit of token t is {@code offset + slope * score}: with {@code m} the mean score of a token
 * and {@code r} = {@value #SHARPNESS}, {@code slope = r m / (1 - r^2)} and {@code offset = ln share
 * - m^2 r^2 / (2 (1 - r^2))}, which is Bayes' rule for a score that agrees with {@code m} up to
 * Gaussian noise of variance {@code 1 - r^2}.
 *
 * <p>Correlations are shrunk towards none by 10 / (10 + rows).
 */
@SuppressWarnings("ArrayRecordComponent") // big tables; equality is never asked
record CopulaPrior(int tokens, int columns, float[] offsets, float[] slopes, float[] factors) {
  private static final double SHARPNESS = 0.8;
  private static final double SHRINKAGE_ROWS = 10;

  /** Learns shares and correlations of each class. */
  static CopulaPrior fit(TokenRows rows, double[][] shares) {
    int classes = rows.classes().size();
    int tokens = rows.layout().width();
    int columns = rows.layout().columns().size();
    CopulaPrior prior =
        new CopulaPrior(
            tokens,
            columns,
            new float[classes * tokens],
            new float[classes * tokens],
            new float[classes * columns * columns]);
    for (int labelClass = 0; labelClass < classes; labelClass++) {
      double[] scores = NormalScores.ofTokens(rows.layout(), shares[labelClass]);
      prior.fitLogits(labelClass, scores, shares[labelClass]);
      double[][] correlations = correlations(rows, labelClass, scores);
      prior.fitFactor(labelClass, correlations);
    }
    return prior;
  }

  private void fitLogits(int labelClass, double[] scores, double[] shares) {
    double noise = 1 - SHARPNESS * SHARPNESS;
    for (int token = 0; token < tokens; token++) {
      int place = labelClass * tokens + token;
      double score = scores[token];
      slopes[place] = (float) (SHARPNESS * score / noise);
      offsets[place] =
          (float)
              (Math.log(shares[token] + 1e-9)
                  - score * score * SHARPNESS * SHARPNESS / (2 * noise));
    }
  }

  private static double[][] correlations(TokenRows rows, int labelClass, double[] scores) {
    TokenLayout layout = rows.layout();
    int columns = layout.columns().size();
    double[] means = new double[columns];
    double[][] products = new double[columns][columns];
    int count = rows.count(labelClass);
    for (int[] row : rows.rows()[labelClass]) {
      for (int i = 0; i < columns; i++) {
        double a = scores[layout.offset(i) + row[i]];
        means[i] += a / count;
        for (int j = 0; j <= i; j++) {
          products[i][j] += a * scores[layout.offset(j) + row[j]] / count;
        }
      }
    }
    double kept = count / (count + SHRINKAGE_ROWS);
    double[][] correlations = new double[columns][columns];
    for (int i = 0; i < columns; i++) {
      correlations[i][i] = 1;
      for (int j = 0; j < i; j++) {
        double variances =
            (products[i][i] - means[i] * means[i]) * (products[j][j] - means[j] * means[j]);
        if (variances > 1e-12) {
          double correlation = (products[i][j] - means[i] * means[j]) / Math.sqrt(variances);
          correlations[i][j] = kept * correlation;
          correlations[j][i] = correlations[i][j];
        }
      }
    }
    return correlations;
  }

  /** Keeps a lower triangle L with L L' = correlations. */
  private void fitFactor(int labelClass, double[][] correlations) {
    double[][] factor = CholeskyFactor.of(correlations).rows();
    for (int i = 0; i < columns; i++) {
      for (int j = 0; j <= i; j++) {
        factors[(labelClass * columns + i) * columns + j] = (float) factor[i][j];
      }
    }
  }

  /** Draws the correlated scores of one row. */
  void drawScores(int labelClass, SplittableRandom random, float[] target, int from) {
    double[] independent = new double[columns];
    for (int i = 0; i < columns; i++) {
      independent[i] = random.nextGaussian();
      double sum = 0;
      int row = (labelClass * columns + i) * columns;
      for (int j = 0; j <= i; j++) {
        sum += factors[row + j] * independent[j];
      }
      target[from + i] = (float) sum;
    }
  }

  /** Returns it as a source of logits for all its classes. */
  LogitSource source(TokenLayout layout) {
    return new LogitSource() {
      @Override
      public float[] logits(int labelClass, int rows, SplittableRandom random) {
        float[] logits = new float[rows * tokens];
        float[] scores = new float[columns];
        for (int row = 0; row < rows; row++) {
          drawScores(labelClass, random, scores, 0);
          addSlopes(layout, labelClass, scores, 0, logits, row * tokens);
        }
        return logits;
      }

      @Override
      public void close() {
        // holds nothing
      }
    };
  }

  /** Adds what scores make of a row's logits, without the offsets. */
  void addSlopes(
      TokenLayout layout, int labelClass, float[] scores, int from, float[] logits, int row) {
    int table = labelClass * tokens;
    for (int column = 0; column < columns; column++) {
      float score = scores[from + column];
      for (int token = layout.offset(column); token < layout.offset(column + 1); token++) {
        logits[row + token] += slopes[table + token] * score;
      }
    }
  }

  /** Returns the tables as tensors. */
  Tensors tensors() {
    int classes = offsets.length / tokens;
    return Tensors.of(
        Map.of(
            "offsets", Tensor.of(offsets, classes, tokens),
            "slopes", Tensor.of(slopes, classes, tokens),
            "factors", Tensor.of(factors, classes, columns, columns)));
  }

  /** Makes it again of its tensors. */
  static CopulaPrior of(Tensors tensors) {
    return new CopulaPrior(
        tensors.get("offsets").dimension(1),
        tensors.get("factors").dimension(1),
        tensors.get("offsets").values(),
        tensors.get("slopes").values(),
        tensors.get("factors").values());
  }
}
