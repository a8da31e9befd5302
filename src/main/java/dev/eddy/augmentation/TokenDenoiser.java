package dev.eddy.augmentation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.eddy.model.InitialWeights;
import dev.eddy.model.Parameters;
import dev.eddy.model.Tensor;
import dev.eddy.model.Tensors;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * The layers of the denoiser: one-hot tokens under Gaussian noise, the noise level and the class
 * in, one logit for each clean token out. Three residual layers of SiLU, each of which is told the
 * level again, and a linear map. Inputs are scaled and noise levels embedded as in Karras et al.,
 * "Elucidating the Design Space of Diffusion-Based Generative Models", 2022, arXiv:2206.00364.
 *
 * <p>What a column's own noisy value says of its token is known: under Gaussian noise ln p(value |
 * token) is value / sigma^2 and something that all tokens share. It is added to the logits, so that
 * the layers, which are narrower than a row of tokens, have to learn only what the other columns
 * and the class say. Near the end it is held to {@value #MOST_EVIDENCE} nats: given in full it
 * would fix tokens that came out beside each other by chance, which the layers still mend.
 *
 * <p>It holds widths only; its parameters are in {@link Parameters}.
 *
 * @param classes number of classes
 * @param tokens number of tokens of all columns together
 * @param hidden width of a layer
 */
record TokenDenoiser(int classes, int tokens, int hidden) {
  private static final int LAYERS = 3;
  private static final int FREQUENCIES = 16;
  private static final double HIGHEST_FREQUENCY = 60;
  private static final double MOST_EVIDENCE = 4;

  /**
   * The noise levels and classes of rows.
   *
   * @param embedded shape (rows, 32 + classes)
   * @param evidence what a cell of the network's input is multiplied by to become nats; shape
   *     (rows, 1)
   */
  record Levels(NDArray embedded, NDArray evidence) {}

  /** Returns the parameters that training starts from; the last bias is ln of tokens' shares. */
  Tensors initial(double[] shares, SplittableRandom random) {
    Map<String, Tensor> tensors = new TreeMap<>();
    linear(tensors, "input", tokens, hidden, random);
    linear(tensors, "level1", 2 * FREQUENCIES + classes, hidden, random);
    linear(tensors, "level2", hidden, hidden, random);
    for (int layer = 0; layer < LAYERS; layer++) {
      linear(tensors, "layer" + layer, hidden, hidden, random);
      linear(tensors, "again" + layer, 2 * FREQUENCIES + classes, hidden, random);
    }
    linear(tensors, "output", hidden, tokens, random);
    float[] bias = new float[tokens];
    for (int token = 0; token < tokens; token++) {
      bias[token] = (float) Math.log(shares[token] + 1e-4);
    }
    tensors.put("output.bias", Tensor.of(bias, tokens));
    return Tensors.of(tensors);
  }

  private static void linear(
      Map<String, Tensor> tensors, String name, int inputs, int outputs, SplittableRandom random) {
    tensors.put(name + ".weight", InitialWeights.uniform(random, inputs, outputs, inputs));
    tensors.put(name + ".bias", InitialWeights.constant(0, outputs));
  }

  /** Returns what one row's first layer gets of its noise level and class, before two layers. */
  void level(double sigma, int labelClass, float[] target, int from) {
    double level = Math.log(sigma) / 4;
    for (int i = 0; i < FREQUENCIES; i++) {
      double frequency = Math.pow(HIGHEST_FREQUENCY, i / (FREQUENCIES - 1.0));
      target[from + i] = (float) Math.sin(frequency * level);
      target[from + FREQUENCIES + i] = (float) Math.cos(frequency * level);
    }
    target[from + 2 * FREQUENCIES + labelClass] = 1;
  }

  /** Returns levels of rows, attached to the call. */
  Levels levels(NDManager call, double[] sigmas, int[] classOf) {
    int width = 2 * FREQUENCIES + classes;
    float[] cells = new float[sigmas.length * width];
    float[] evidence = new float[sigmas.length];
    for (int row = 0; row < sigmas.length; row++) {
      level(sigmas[row], classOf[row], cells, row * width);
      evidence[row] = (float) (evidence(sigmas[row]) / inputScale(sigmas[row]));
    }
    return new Levels(
        call.create(cells, new Shape(sigmas.length, width)),
        call.create(evidence, new Shape(sigmas.length, 1)));
  }

  /** Returns by how many nats a cell that is larger by 1 speaks for its token. */
  static double evidence(double sigma) {
    return 1 / (sigma * sigma + 1 / MOST_EVIDENCE);
  }

  /** Returns what a noisy one-hot row is multiplied by before the network sees it. */
  static double inputScale(double sigma) {
    return 1 / Math.sqrt(1 + sigma * sigma);
  }

  /**
   * Returns logits of shape (batch, tokens); they and all between join the input's manager.
   *
   * @param input noisy one-hot rows times {@link #inputScale}, shape (batch, tokens)
   * @param levels {@link #levels} of each row, or of one row for all
   */
  NDArray logits(Parameters parameters, NDArray input, Levels levels) {
    NDArray embedded = levels.embedded();
    NDArray level = linear(parameters, silu(linear(parameters, embedded, "level1")), "level2");
    NDArray x = linear(parameters, input, "input").add(level);
    for (int layer = 0; layer < LAYERS; layer++) {
      NDArray told = x.add(linear(parameters, embedded, "again" + layer));
      x = x.add(linear(parameters, silu(told), "layer" + layer));
    }
    return linear(parameters, silu(x), "output").add(input.mul(levels.evidence()));
  }

  private static NDArray silu(NDArray x) {
    return x.mul(JniUtils.sigmoid((PtNDArray) x));
  }

  private static NDArray linear(Parameters parameters, NDArray input, String name) {
    return JniUtils.linear(
        (PtNDArray) input,
        (PtNDArray) parameters.get(name + ".weight"),
        (PtNDArray) parameters.get(name + ".bias"));
  }
}
