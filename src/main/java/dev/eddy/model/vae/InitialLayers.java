package dev.eddy.model.vae;

import dev.eddy.model.Tensor;
import dev.eddy.model.Tensors;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;

/** Parameters that layers over time start from. */
final class InitialLayers {
  private InitialLayers() {}

  /**
   * Returns {@code NAME.weight} and {@code NAME.bias}, uniform within {@code 1/sqrt(inputs)} of 0.
   *
   * @param outputs how many biases there are
   * @param inputs dimensions of the weight behind that of outputs
   */
  static Tensors layer(SplittableRandom random, String name, int outputs, int... inputs) {
    int count = Arrays.stream(inputs).reduce(1, (a, b) -> a * b);
    int[] shape = new int[1 + inputs.length];
    shape[0] = outputs;
    System.arraycopy(inputs, 0, shape, 1, inputs.length);
    return Tensors.of(
        Map.of(
            name + ".weight", uniform(random, count, shape),
            name + ".bias", uniform(random, count, outputs)));
  }

  /** Returns a tensor of a shape, uniform within {@code 1/sqrt(inputs)} of 0. */
  static Tensor uniform(SplittableRandom random, int inputs, int... shape) {
    float[] values = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    double bound = 1 / Math.sqrt(inputs);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
    }
    return Tensor.of(values, shape);
  }
}
