package dev.eddy.augmentation;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.eddy.model.GradientPenalty;
import dev.eddy.model.InitialWeights;
import dev.eddy.model.Mlp;
import dev.eddy.model.Parameters;
import dev.eddy.model.Tensor;
import dev.eddy.model.Tensors;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * The critic: tokens and class of a record in, one number out, higher for real records. Two
 * LeakyReLU layers and a linear one. The first is a table with a row for each token and each class:
 * a one-hot record times a matrix is the sum of a few of its rows.
 *
 * <p>Where a LeakyReLU network has a derivative, that of its output by its input is {@code ((w3 *
 * m2) W2 * m1) W1} with masks m of 1 and {@value Mlp#SLOPE}. So the exact gradient penalty of
 * Gulrajani et al., "Improved Training of Wasserstein GANs", 2017, arXiv:1704.00028, is a
 * first-order expression in the weights, and the generator gets its gradient without a pass through
 * one-hot matrices. The norm is taken over the tokens; the class is a condition.
 *
 * <p>It holds widths only; its parameters are in {@link Parameters}. Some results join the
 * parameters' manager: call it inside an {@code NDScope}.
 *
 * @param classes number of classes
 * @param tokens number of tokens of all columns together
 * @param hidden width of a layer
 */
record CriticNetwork(int classes, int tokens, int hidden) {
  /** Returns the parameters that training starts from. */
  Tensors initial(SplittableRandom random) {
    Map<String, Tensor> tensors = new TreeMap<>();
    tensors.put("token", InitialWeights.uniform(random, tokens + classes, tokens, hidden));
    tensors.put("class", InitialWeights.uniform(random, tokens + classes, classes, hidden));
    tensors.put("bias1", InitialWeights.constant(0, hidden));
    tensors.put("weight2", InitialWeights.uniform(random, hidden, hidden, hidden));
    tensors.put("bias2", InitialWeights.constant(0, hidden));
    tensors.put("weight3", InitialWeights.uniform(random, hidden, hidden, 1));
    return Tensors.of(tensors);
  }

  /**
   * Returns the first layer before its activation, shape (batch, hidden). It is linear in the
   * record, so that of a mixture of two records is the mixture of theirs.
   *
   * @param rows places of a row's tokens among all tokens, int64, shape (batch, columns)
   * @param classOf class of each row, int64, shape (batch)
   */
  NDArray first(Parameters parameters, NDArray rows, NDArray classOf) {
    return embedding(rows, parameters.get("token"))
        .sum(new int[] {1})
        .add(embedding(classOf, parameters.get("class")))
        .add(parameters.get("bias1"));
  }

  /** Returns the critic's output, shape (batch, 1). */
  NDArray output(Parameters parameters, NDArray first) {
    return leaky(second(parameters, leaky(first))).matMul(parameters.get("weight3"));
  }

  /** Returns the mean of (norm of the derivative by the tokens - 1)^2 over the batch. */
  NDArray penalty(Parameters parameters, NDArray first) {
    NDArray back = derivativeByFirst(parameters, first);
    // |back W1|^2 = back (W1 W1') back': hidden^2 numbers instead of batch x tokens
    NDArray table = parameters.get("token");
    NDArray norms = back.matMul(table.transpose().matMul(table)).mul(back).sum(new int[] {1});
    return GradientPenalty.of(norms);
  }

  /** Returns the derivative of the output by the one-hot tokens, shape (batch, tokens). */
  NDArray derivativeByTokens(Parameters parameters, NDArray first) {
    return JniUtils.linear(
        (PtNDArray) derivativeByFirst(parameters, first),
        (PtNDArray) parameters.get("token"),
        null);
  }

  private NDArray derivativeByFirst(Parameters parameters, NDArray first) {
    NDArray mask1 = Mlp.mask(first);
    NDArray mask2 = Mlp.mask(second(parameters, first.mul(mask1)));
    return mask2
        .mul(parameters.get("weight3").reshape(hidden))
        .matMul(parameters.get("weight2"))
        .mul(mask1);
  }

  private static NDArray second(Parameters parameters, NDArray first) {
    return JniUtils.linear(
        (PtNDArray) first,
        (PtNDArray) parameters.get("weight2"),
        (PtNDArray) parameters.get("bias2"));
  }

  private static NDArray embedding(NDArray indices, NDArray table) {
    return JniUtils.embedding((PtNDArray) indices, (PtNDArray) table, false);
  }

  private static NDArray leaky(NDArray array) {
    return JniUtils.leakyRelu((PtNDArray) array, Mlp.SLOPE);
  }
}
