package dev.eddy.augmentation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
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
 * The layers of a conditional variational autoencoder over tokens (Sohn et al., "Learning
 * Structured Output Representation using Deep Conditional Generative Models", 2015; Kingma and
 * Welling, 2014, arXiv:1312.6114): tokens and class to a Gaussian of {@value #LATENTS} latent
 * variables, these and the class to one logit for each token.
 *
 * <p>It holds widths only; its parameters are in {@link Parameters}. Some results join the
 * parameters' manager: train inside an {@code NDScope}.
 *
 * @param classes number of classes
 * @param tokens number of tokens of all columns together
 * @param hidden width of a layer
 */
record TokenVae(int classes, int tokens, int hidden) {
  static final int LATENTS = 32;
  private static final float LOWEST_LOG_VARIANCE = -10;
  private static final float HIGHEST_LOG_VARIANCE = 4;

  /** What the encoder says of a batch; both of shape (batch, {@value #LATENTS}). */
  record Posterior(NDArray mean, NDArray logVariance) {}

  /**
   * Returns the parameters that training starts from. The decoder's last bias is the logarithm of
   * the tokens' shares: columns have their shapes from the first step on.
   */
  Tensors initial(double[] shares, SplittableRandom random) {
    Map<String, Tensor> tensors = new TreeMap<>();
    tensors.put("token", InitialWeights.uniform(random, tokens + classes, tokens, hidden));
    tensors.put("class", InitialWeights.uniform(random, tokens + classes, classes, hidden));
    tensors.put("bias", InitialWeights.constant(0, hidden));
    Tensors decoder = decoder().initial(random);
    float[] bias = new float[tokens];
    for (int token = 0; token < tokens; token++) {
      bias[token] = (float) Math.log(shares[token] + 1e-4);
    }
    for (String name : decoder.names()) {
      tensors.put(
          name, name.equals("decoder.2.bias") ? Tensor.of(bias, tokens) : decoder.get(name));
    }
    return Tensors.of(tensors).with(encoder().initial(random));
  }

  private Mlp encoder() {
    return new Mlp("encoder.", hidden, hidden, 2 * LATENTS);
  }

  private Mlp decoder() {
    return new Mlp("decoder.", LATENTS + classes, hidden, hidden, tokens);
  }

  /**
   * Encodes rows; the first layer is a table that is looked up.
   *
   * @param rows places of a row's tokens among all tokens, int64, shape (batch, columns)
   * @param classOf class of each row, int64, shape (batch)
   */
  Posterior encode(Parameters parameters, NDArray rows, NDArray classOf) {
    NDArray first =
        embedding(rows, parameters.get("token"))
            .sum(new int[] {1})
            .add(embedding(classOf, parameters.get("class")))
            .add(parameters.get("bias"));
    NDArray hiddenValues = JniUtils.leakyRelu((PtNDArray) first, Mlp.SLOPE);
    PtNDArray both = (PtNDArray) encoder().apply(parameters, hiddenValues);
    return new Posterior(
        JniUtils.slice(both, 1, 0, LATENTS, 1),
        JniUtils.slice(both, 1, LATENTS, 2L * LATENTS, 1)
            .clip(LOWEST_LOG_VARIANCE, HIGHEST_LOG_VARIANCE));
  }

  private static NDArray embedding(NDArray indices, NDArray table) {
    return JniUtils.embedding((PtNDArray) indices, (PtNDArray) table, false);
  }

  /** Returns logits of shape (batch, tokens) from latents and classes as one-hot. */
  NDArray decode(Parameters parameters, NDArray latents, NDArray oneHot) {
    return decoder().apply(parameters, latents.concat(oneHot, 1));
  }

  /** Returns classes as one-hot; shape (batch, classes). */
  NDArray oneHot(NDManager call, int[] classOf) {
    float[] cells = new float[classOf.length * classes];
    for (int row = 0; row < classOf.length; row++) {
      cells[row * classes + classOf[row]] = 1;
    }
    return call.create(cells, new Shape(classOf.length, classes));
  }
}
