package dev.eddy.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A multilayer perceptron: linear layers with LeakyReLU between them and none after the last. It
 * holds names and widths only; its parameters {@code PREFIX0.weight} (out, in), {@code
 * PREFIX0.bias} (out) and so on are in {@link Parameters}.
 */
public final class Mlp {
  /** Slope of LeakyReLU below 0. */
  public static final float SLOPE = 0.2f;

  private final String prefix;
  private final int[] widths;
  private final String[] weights;
  private final String[] biases;

  /**
   * Names a perceptron.
   *
   * @param prefix of its parameters' names, for example {@code encoder.}
   * @param widths of input, hidden layers and output; at least two
   */
  public Mlp(String prefix, int... widths) {
    this.prefix = prefix;
    this.widths = widths.clone();
    this.weights = new String[widths.length - 1];
    this.biases = new String[widths.length - 1];
    for (int layer = 0; layer < weights.length; layer++) {
      weights[layer] = prefix + layer + ".weight";
      biases[layer] = prefix + layer + ".bias";
    }
  }

  /** Returns the parameters that a training starts from. */
  public Tensors initial(SplittableRandom random) {
    Tensors tensors = Tensors.of(Map.of());
    for (int layer = 0; layer < weights.length; layer++) {
      String name = prefix + layer;
      tensors = tensors.with(InitialWeights.layer(random, name, widths[layer + 1], widths[layer]));
    }
    return tensors;
  }

  /**
   * Applies the layers.
   *
   * @param input shape (batch, in)
   * @return shape (batch, out); it and all between join the input's manager
   */
  public NDArray apply(Parameters parameters, NDArray input) {
    return apply(parameters, input, UnaryOperator.identity());
  }

  /**
   * Applies the layers, and an operation after each hidden one.
   *
   * @param input shape (batch, in)
   * @param hidden for example dropout; takes and returns shape (batch, width)
   * @return shape (batch, out); it and all between join the input's manager
   */
  public NDArray apply(Parameters parameters, NDArray input, UnaryOperator<NDArray> hidden) {
    return apply(parameters::get, input, hidden, weights.length);
  }

  /**
   * Applies the layers with parameters from anywhere, such as normalised ones.
   *
   * @param parameters by name
   * @param input shape (batch, in)
   * @return shape (batch, out); it and all between join the input's manager
   */
  public NDArray apply(Function<String, NDArray> parameters, NDArray input) {
    return apply(parameters, input, UnaryOperator.identity(), weights.length);
  }

  /**
   * Applies all layers but the last.
   *
   * @param parameters by name
   * @param input shape (batch, in)
   * @return activations of the last hidden layer, shape (batch, width); joins the input's manager
   */
  public NDArray features(Function<String, NDArray> parameters, NDArray input) {
    return apply(parameters, input, UnaryOperator.identity(), weights.length - 1);
  }

  private NDArray apply(
      Function<String, NDArray> parameters,
      NDArray input,
      UnaryOperator<NDArray> hidden,
      int layers) {
    NDArray x = input;
    for (int layer = 0; layer < layers; layer++) {
      x = linear(parameters, x, layer);
      if (layer < weights.length - 1) {
        x = hidden.apply(JniUtils.leakyRelu((PtNDArray) x, SLOPE));
      }
    }
    return x;
  }

  /**
   * Returns the derivative of a perceptron with one output by its input: where LeakyReLU has a
   * derivative, a product of weights and masks of 1 and {@value #SLOPE}, and so a first-order
   * expression in the weights, through which a gradient penalty can be differentiated. Call it
   * inside an {@code NDScope}: some results join the parameters' manager.
   *
   * @param parameters by name
   * @param input shape (batch, in)
   * @return shape (batch, in)
   */
  public NDArray derivative(Function<String, NDArray> parameters, NDArray input) {
    int last = weights.length - 1;
    NDArray[] masks = new NDArray[last];
    NDArray x = input;
    for (int layer = 0; layer < last; layer++) {
      NDArray before = linear(parameters, x, layer);
      masks[layer] = mask(before);
      x = before.mul(masks[layer]);
    }
    NDArray back = masks[last - 1].mul(parameters.apply(weights[last]));
    for (int layer = last - 1; layer > 0; layer--) {
      back = back.matMul(parameters.apply(weights[layer])).mul(masks[layer - 1]);
    }
    return back.matMul(parameters.apply(weights[0]));
  }

  private NDArray linear(Function<String, NDArray> parameters, NDArray x, int layer) {
    return JniUtils.linear(
        (PtNDArray) x,
        (PtNDArray) parameters.apply(weights[layer]),
        (PtNDArray) parameters.apply(biases[layer]));
  }

  /** Returns LeakyReLU's derivative at each value: 1 above 0, else {@value #SLOPE}. */
  public static NDArray mask(NDArray values) {
    return Scale.by(values.gt(0).toType(DataType.FLOAT32, false), 1 - SLOPE).add(SLOPE);
  }

  /** Returns the names of the weights, first layer first. */
  public List<String> weightNames() {
    return List.of(weights);
  }
}
