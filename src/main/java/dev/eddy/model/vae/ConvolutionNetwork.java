package dev.eddy.model.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.eddy.model.InitialWeights;
import dev.eddy.model.Mlp;
import dev.eddy.model.Parameters;
import dev.eddy.model.Tensors;
import java.util.SplittableRandom;

/**
 * Two convolutions over time of 16 channels and three steps each, the second of which halves the
 * time instead of pooling, with LeakyReLU after both: the encoder of DCGAN in one dimension
 * (Radford et al., "Unsupervised Representation Learning with Deep Convolutional GANs", 2016,
 * arXiv:1511.06434). Deviation: no batch normalisation, so that a row's score does not depend on
 * the rows beside it.
 */
final class ConvolutionNetwork implements SequenceNetwork {
  private static final int WIDTH = 16;
  private static final int KERNEL = 3;
  private static final Shape ONE = new Shape(1);
  private static final Shape TWO = new Shape(2);

  private final String prefix;
  private final int channels;
  private final int halved;

  ConvolutionNetwork(String prefix, int channels, int length) {
    this.prefix = prefix;
    this.channels = channels;
    this.halved = (length + 1) / 2;
  }

  @Override
  public int features() {
    return WIDTH * halved;
  }

  @Override
  public Tensors initial(SplittableRandom random) {
    return InitialWeights.layer(random, prefix + "first", WIDTH, channels, KERNEL)
        .with(InitialWeights.layer(random, prefix + "second", WIDTH, WIDTH, KERNEL));
  }

  @Override
  public NDArray apply(NDArray window, Parameters parameters) {
    NDArray first = convolution(window, parameters, "first", ONE);
    PtNDArray second = convolution(first, parameters, "second", TWO);
    return JniUtils.reshape(second, new long[] {-1, features()});
  }

  private PtNDArray convolution(NDArray input, Parameters parameters, String name, Shape stride) {
    PtNDArray convolved =
        JniUtils.convolution(
            (PtNDArray) input,
            (PtNDArray) parameters.get(prefix + name + ".weight"),
            (PtNDArray) parameters.get(prefix + name + ".bias"),
            stride,
            ONE,
            ONE,
            1);
    return JniUtils.leakyRelu(convolved, Mlp.SLOPE);
  }
}
