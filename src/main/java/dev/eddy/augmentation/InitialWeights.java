package dev.eddy.augmentation;

import dev.eddy.model.Tensor;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Tensors that a training starts from. */
final class InitialWeights {
  private InitialWeights() {}

  /** Returns a matrix of shape (rows, columns), uniform within {@code 1/sqrt(inputs)} of 0. */
  static Tensor uniform(SplittableRandom random, int rows, int columns, int inputs) {
    float[] values = new float[rows * columns];
    double bound = 1 / Math.sqrt(inputs);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
    }
    return Tensor.of(values, rows, columns);
  }

  /** Returns a vector of one value. */
  static Tensor constant(float value, int size) {
    float[] values = new float[size];
    Arrays.fill(values, value);
    return Tensor.of(values, size);
  }
}
