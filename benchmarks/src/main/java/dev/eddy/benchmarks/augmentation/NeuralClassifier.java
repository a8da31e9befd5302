package dev.eddy.benchmarks.augmentation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.eddy.evaluation.quality.RareClassifier;
import dev.eddy.evaluation.quality.RecordTable;
import dev.eddy.evaluation.quality.TableCode;
import dev.eddy.model.Adam;
import dev.eddy.model.Batches;
import dev.eddy.model.DeviceListener;
import dev.eddy.model.Mlp;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.OneCycle;
import dev.eddy.model.Parameters;
import dev.eddy.model.Session;
import dev.eddy.model.Tensors;
import dev.eddy.model.TrainingLoop;
import dev.eddy.model.TrainingTask;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A small perceptron, {@value #HIDDEN}-{@value #HIDDEN}, as teams train one on tables: numbers by
 * their rank among the training rows (scaled to a variance of 1), categories one-hot, weighted
 * cross-entropy, AdamW over {@value #EPOCHS} passes in batches of {@value #BATCH}.
 */
record NeuralClassifier(long seed) implements RareClassifier {
  private static final int HIDDEN = 64;
  private static final int EPOCHS = 20;
  private static final int BATCH = 256;
  private static final double RATE = 3e-3;
  private static final double WEIGHT_DECAY = 1e-3;
  private static final float RANGE = (float) Math.sqrt(3); // uniform within it: variance 1

  @Override
  public double[] scores(
      TableCode code, RecordTable training, String labelClass, float[] weights, RecordTable test) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] ranks = sortedNumbers(code.oneHot(training), code.numbers());
    float[][] rows = inputs(code.oneHot(training), ranks);
    int[] positive = training.isOf(labelClass);
    double mean = 0;
    for (float weight : weights) {
      mean += weight / weights.length;
    }
    float scale = (float) (1 / mean); // weights change the balance, not the size of a step
    Mlp layers = new Mlp("classifier.", code.width(), HIDDEN, HIDDEN, 1);
    Batches batches = new Batches(rows.length, BATCH, random.split());
    Tensors trained =
        TrainingLoop.minimise(
            "classifier",
            layers.initial(random),
            Adam.Settings.adamW(WEIGHT_DECAY),
            new OneCycle(RATE, EPOCHS * rows.length / batches.size() + 1, 0.1),
            ModelDevice.CPU,
            TrainingTask.on(ModelDevice.CPU),
            (parameters, call, step) -> {
              int[] batch = batches.next();
              float[] signs = new float[batch.length];
              float[] shares = new float[batch.length];
              for (int i = 0; i < batch.length; i++) {
                signs[i] = positive[batch[i]] == 1 ? -1 : 1;
                shares[i] = weights[batch[i]] * scale;
              }
              NDArray logits = layers.apply(parameters, toNative(call, rows, batch));
              NDArray margins = logits.mul(call.create(signs, new Shape(batch.length, 1)));
              return JniUtils.softPlus((PtNDArray) margins)
                  .mul(call.create(shares, new Shape(batch.length, 1)))
                  .mean();
            },
            Map::of);
    return scores(layers, trained, inputs(code.oneHot(test), ranks));
  }

  private static double[] scores(Mlp layers, Tensors trained, float[][] rows) {
    int[] all = new int[rows.length];
    Arrays.setAll(all, i -> i);
    try (Session session = new Session(trained, ModelDevice.CPU, DeviceListener.NONE)) {
      float[] logits =
          session.call(
              (Parameters parameters, NDManager call) ->
                  layers.apply(parameters, toNative(call, rows, all)).toFloatArray());
      double[] scores = new double[logits.length];
      Arrays.setAll(scores, i -> logits[i]);
      return scores;
    }
  }

  private static NDArray toNative(NDManager call, float[][] rows, int[] chosen) {
    int width = rows[0].length;
    float[] cells = new float[chosen.length * width];
    for (int i = 0; i < chosen.length; i++) {
      System.arraycopy(rows[chosen[i]], 0, cells, i * width, width);
    }
    return call.create(cells, new Shape(chosen.length, width));
  }

  private static double[][] sortedNumbers(double[][] rows, int numbers) {
    double[][] sorted = new double[numbers][];
    for (int number = 0; number < numbers; number++) {
      int column = number;
      sorted[number] = Arrays.stream(rows).mapToDouble(row -> row[column]).sorted().toArray();
    }
    return sorted;
  }

  /** Replaces numbers by the middle of their ranks, in [-sqrt(3), sqrt(3)]. */
  private static float[][] inputs(double[][] rows, double[][] sorted) {
    float[][] inputs = new float[rows.length][];
    for (int row = 0; row < rows.length; row++) {
      inputs[row] = new float[rows[row].length];
      for (int i = 0; i < inputs[row].length; i++) {
        inputs[row][i] =
            i < sorted.length
                ? (float) (2 * rank(sorted[i], rows[row][i]) - 1) * RANGE
                : (float) rows[row][i];
      }
    }
    return inputs;
  }

  private static double rank(double[] sorted, double value) {
    return (place(sorted, Math.nextDown(value)) + place(sorted, value)) / (2.0 * sorted.length);
  }

  /** Returns how many are at most so large. */
  private static int place(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] <= value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
