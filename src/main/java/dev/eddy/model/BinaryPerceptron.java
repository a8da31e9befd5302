package dev.eddy.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A classifier of two classes: a perceptron with two hidden layers, trained on weighted
 * cross-entropy by AdamW in one cycle, on the CPU.
 *
 * @param hidden width of a layer
 * @param epochs passes over the rows
 * @param batch rows of a step
 * @param rate highest learning rate
 * @param weightDecay of AdamW
 */
public record BinaryPerceptron(int hidden, int epochs, int batch, double rate, double weightDecay) {
  private static final double WARM_UP = 0.1;

  /**
   * Learns from rows and ranks others. The same rows and seed give the same scores.
   *
   * @param rows to learn from, all of one width
   * @param positive 1 for a row of the class, else 0
   * @param weights of the rows; they change the classes' balance, not the size of a step
   * @param asked rows to rank
   * @return for each of these the logit of the class
   */
  public double[] scores(
      float[][] rows, int[] positive, float[] weights, float[][] asked, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Mlp layers = new Mlp("classifier.", rows[0].length, hidden, hidden, 1);
    return scores(layers, trained(layers, rows, positive, weights, random), asked);
  }

  private Tensors trained(
      Mlp layers, float[][] rows, int[] positive, float[] weights, SplittableRandom random) {
    double mean = 0;
    for (float weight : weights) {
      mean += weight / weights.length;
    }
    float scale = (float) (1 / mean);
    Batches batches = new Batches(rows.length, batch, random.split());
    return TrainingLoop.minimise(
        "classifier",
        layers.initial(random),
        Adam.Settings.adamW(weightDecay),
        new OneCycle(rate, epochs * rows.length / batches.size() + 1, WARM_UP),
        ModelDevice.CPU,
        TrainingTask.on(ModelDevice.CPU),
        (parameters, call, step) -> {
          int[] some = batches.next();
          float[] signs = new float[some.length];
          float[] shares = new float[some.length];
          for (int i = 0; i < some.length; i++) {
            signs[i] = positive[some[i]] == 1 ? -1 : 1;
            shares[i] = weights[some[i]] * scale;
          }
          NDArray logits = layers.apply(parameters, toNative(call, rows, some));
          NDArray margins = logits.mul(call.create(signs, new Shape(some.length, 1)));
          return JniUtils.softPlus((PtNDArray) margins)
              .mul(call.create(shares, new Shape(some.length, 1)))
              .mean();
        },
        Map::of);
  }

  private static double[] scores(Mlp layers, Tensors trained, float[][] rows) {
    int[] all = new int[rows.length];
    Arrays.setAll(all, i -> i);
    try (Session session = new Session(trained, ModelDevice.CPU, DeviceListener.NONE)) {
      float[] logits =
          session.call(
              (parameters, call) ->
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
}
