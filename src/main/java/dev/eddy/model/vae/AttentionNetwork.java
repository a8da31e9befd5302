package dev.eddy.model.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.eddy.model.InitialWeights;
import dev.eddy.model.Mlp;
import dev.eddy.model.Parameters;
import dev.eddy.model.Scale;
import dev.eddy.model.Tensor;
import dev.eddy.model.Tensors;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Self-attention over time: each step becomes 8 numbers, with a learned vector for its place, and
 * then a mixture of all steps by how well its query fits their keys, added to what it was; with
 * LeakyReLU at the end. As in SAGAN (Zhang et al., "Self-Attention Generative Adversarial
 * Networks", 2019, arXiv:1805.08318), with the scaled product of Vaswani et al., 2017,
 * arXiv:1706.03762.
 */
final class AttentionNetwork implements SequenceNetwork {
  private static final int WIDTH = 8;

  private final String prefix;
  private final int channels;
  private final int length;

  AttentionNetwork(String prefix, int channels, int length) {
    this.prefix = prefix;
    this.channels = channels;
    this.length = length;
  }

  @Override
  public int features() {
    return WIDTH * length;
  }

  @Override
  public Tensors initial(SplittableRandom random) {
    Tensor places = InitialWeights.uniform(random, WIDTH, length, WIDTH);
    return InitialWeights.layer(random, prefix + "step", WIDTH, channels)
        .with(InitialWeights.layer(random, prefix + "query", WIDTH, WIDTH))
        .with(InitialWeights.layer(random, prefix + "key", WIDTH, WIDTH))
        .with(InitialWeights.layer(random, prefix + "value", WIDTH, WIDTH))
        .with(Tensors.of(Map.of(prefix + "place", places)));
  }

  @Override
  public NDArray apply(NDArray window, Parameters parameters) {
    NDArray byTime = JniUtils.transpose((PtNDArray) window, 1, 2);
    NDArray steps = linear(byTime, parameters, "step").add(parameters.get(prefix + "place"));
    PtNDArray query = linear(steps, parameters, "query");
    PtNDArray key = linear(steps, parameters, "key");
    PtNDArray fit = JniUtils.bmm(query, JniUtils.transpose(key, 1, 2));
    NDArray scaled = Scale.by(fit, (float) (1 / Math.sqrt(WIDTH)));
    PtNDArray shares = JniUtils.softmax((PtNDArray) scaled, 2, DataType.FLOAT32);
    NDArray mixed = JniUtils.bmm(shares, linear(steps, parameters, "value")).add(steps);
    PtNDArray result = JniUtils.leakyRelu((PtNDArray) mixed, Mlp.SLOPE);
    return JniUtils.reshape(result, new long[] {-1, features()});
  }

  private PtNDArray linear(NDArray input, Parameters parameters, String name) {
    return JniUtils.linear(
        (PtNDArray) input,
        (PtNDArray) parameters.get(prefix + name + ".weight"),
        (PtNDArray) parameters.get(prefix + name + ".bias"));
  }
}
