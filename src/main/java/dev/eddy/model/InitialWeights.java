package dev.eddy.model;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Parameters that a training starts from: uniform within {@code 1/sqrt(inputs)} of 0, for weights
 * and biases. This is He initialisation for a slope of sqrt(5), as PyTorch has it (He et al., 2015,
 * arXiv:1502.01852).
 */
public final class InitialWeights {
  private InitialWeights() {}

  /**
   * Returns {@code NAME.weight} and {@code NAME.bias} of a layer.
   *
   * @param outputs how many biases there are
   * @param inputs dimensions of the weight behind that of outputs
   */
  public static Tensors layer(SplittableRandom random, String name, int outputs, int... inputs) {
    int count = Arrays.stream(inputs).reduce(1, (a, b) -> a * b);
    int[] shape = new int[1 + inputs.length];
    shape[0] = outputs;
    System.arraycopy(inputs, 0, shape, 1, inputs.length);
    return Tensors.of(
        Map.of(
            name + ".weight", uniform(random, count, shape),
            name + ".bias", uniform(random, count, outputs)));
  }

  /**
   * Returns a tensor of a shape.
   *
   * @param inputs of each unit that it weighs
   */
  public static Tensor uniform(SplittableRandom random, int inputs, int... shape) {
    float[] values = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    double bound = 1 / Math.sqrt(inputs);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
    }
    return Tensor.of(values, shape);
  }

  /** Returns a vector of one value. */
  public static Tensor constant(float value, int size) {
    float[] values = new float[size];
    Arrays.fill(values, value);
    return Tensor.of(values, size);
  }
}
