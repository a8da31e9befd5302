package dev.eddy.augmentation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.eddy.model.InitialWeights;
import dev.eddy.model.Mlp;
import dev.eddy.model.Parameters;
import dev.eddy.model.Tensor;
import dev.eddy.model.Tensors;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * The generator: noise, scores and class in, one logit for each token of each column out. Two
 * blocks of linear layer, layer normalisation and ReLU, each concatenated with its input, then a
 * linear layer. Layer instead of batch normalisation, so that a row does not depend on the rows
 * beside it, and training and sampling compute the same.
 *
 * <p>It holds widths only; its parameters are in {@link Parameters}.
 *
 * @param classes number of classes
 * @param columns number of columns, each with a score of the {@link CopulaPrior}
 * @param tokens number of tokens of all columns together
 * @param hidden width of a block
 * @param codes values of a latent code that is part of the input; 0: none
 */
record GeneratorNetwork(int classes, int columns, int tokens, int hidden, int codes) {
  /** Length of the noise vector. */
  static final int NOISE = 64;

  private static final double EPSILON = 1e-5;

  /** Returns the length of an input row: noise, the columns' scores, class and code as one-hot. */
  int inputs() {
    return NOISE + columns + classes + codes;
  }

  /** Returns the parameters that training starts from. */
  Tensors initial(SplittableRandom random) {
    Map<String, Tensor> tensors = new TreeMap<>();
    int input = inputs();
    block(tensors, "block1", input, random);
    block(tensors, "block2", input + hidden, random);
    linear(tensors, "output", hidden, tokens, random);
    Tensors network = Tensors.of(tensors);
    return codes == 0 ? network : network.with(codeReader().initial(random));
  }

  private void block(
      Map<String, Tensor> tensors, String name, int inputs, SplittableRandom random) {
    linear(tensors, name, inputs, hidden, random);
    tensors.put(name + ".gain", InitialWeights.constant(1, hidden));
    tensors.put(name + ".shift", InitialWeights.constant(0, hidden));
  }

  private static void linear(
      Map<String, Tensor> tensors, String name, int inputs, int outputs, SplittableRandom random) {
    tensors.put(name + ".weight", InitialWeights.uniform(random, inputs, outputs, inputs));
    tensors.put(name + ".bias", InitialWeights.constant(0, outputs));
  }

  /**
   * Returns logits of shape (batch, tokens); they and all between join the input's manager.
   *
   * @param input shape (batch, {@link #inputs()})
   */
  NDArray logits(Parameters parameters, NDArray input) {
    NDArray first = block(parameters, input, "block1").concat(input, 1);
    NDArray second = block(parameters, first, "block2");
    return linear(parameters, second, "output");
  }

  /** The network that reads the code out of generated tokens. */
  private Mlp codeReader() {
    return new Mlp("code.", tokens, hidden, codes);
  }

  /**
   * Returns the mean of -ln p(code), in nats, as it is read out of generated rows.
   *
   * @param soft shares of tokens, shape (batch, tokens)
   * @param codeOf code of each row, int64, shape (batch)
   */
  NDArray codeLoss(Parameters parameters, NDArray soft, NDArray codeOf) {
    PtNDArray read = (PtNDArray) codeReader().apply(parameters, soft);
    PtNDArray logShares = JniUtils.logSoftmax(read, 1, DataType.FLOAT32);
    return JniUtils.gather(logShares, (PtNDArray) codeOf.expandDims(1), 1).mean().neg();
  }

  private NDArray block(Parameters parameters, NDArray input, String name) {
    PtNDArray hiddenValues = linear(parameters, input, name);
    return JniUtils.relu(
        JniUtils.layerNorm(
            hiddenValues,
            new Shape(hidden),
            (PtNDArray) parameters.get(name + ".gain"),
            (PtNDArray) parameters.get(name + ".shift"),
            EPSILON));
  }

  private static PtNDArray linear(Parameters parameters, NDArray input, String name) {
    return JniUtils.linear(
        (PtNDArray) input,
        (PtNDArray) parameters.get(name + ".weight"),
        (PtNDArray) parameters.get(name + ".bias"));
  }
}
