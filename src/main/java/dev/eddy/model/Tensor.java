package dev.eddy.model;

import java.util.Arrays;

/** A dense float32 tensor on the heap, row-major. Immutable. */
public final class Tensor {
  private final int[] shape;
  private final float[] values;

  private Tensor(int[] shape, float[] values) {
    this.shape = shape;
    this.values = values;
  }

  /**
   * Makes a tensor of a copy of the values.
   *
   * @param shape no dimension for a scalar; dimensions may be 0
   */
  public static Tensor of(float[] values, int... shape) {
    if (sizeOf(shape) != values.length) {
      throw new IllegalArgumentException(
          "tensor of shape %s must have %d values, got %d"
              .formatted(Arrays.toString(shape), sizeOf(shape), values.length));
    }
    return new Tensor(shape.clone(), values.clone());
  }

  /** Returns how many values a shape has; long, so that no product of dimensions overflows. */
  static long sizeOf(int[] shape) {
    long size = 1;
    for (int dimension : shape) {
      if (dimension < 0) {
        throw new IllegalArgumentException("tensor dimension must be >= 0, got " + dimension);
      }
      size = Math.multiplyExact(size, dimension);
    }
    return size;
  }

  /** Returns the length of one dimension. */
  public int dimension(int index) {
    return shape[index];
  }

  /** Returns a copy of the shape. */
  public int[] shape() {
    return shape.clone();
  }

  /** Returns how many values there are. */
  public int size() {
    return values.length;
  }

  /** Returns one value by its position in row-major order. */
  public float get(int index) {
    return values[index];
  }

  /** Returns a copy of the values in row-major order. */
  public float[] values() {
    return values.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tensor tensor
        && Arrays.equals(shape, tensor.shape)
        && Arrays.equals(values, tensor.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(shape) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "Tensor" + Arrays.toString(shape);
  }
}
