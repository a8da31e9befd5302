package dev.eddy.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * Multiplication of an array by a number, safe to differentiate.
 *
 * <p>{@code NDArray.mul(Number)} is not, nor {@code div(Number)} and {@code pow(Number)}: the
 * binding puts the number into a Java buffer and lets go of it at once, while the engine keeps the
 * bare address for the derivative. If the buffer is collected before {@link Autograd#backward}, the
 * gradient is multiplied by whatever lies there then. Here the number lies in the engine's own
 * memory, which it keeps for as long as it needs it.
 */
public final class Scale {
  private Scale() {}

  /** Returns the array times a factor, attached to the array's manager. */
  public static NDArray by(NDArray array, float factor) {
    try (NDArray number = array.getManager().full(new Shape(), factor)) {
      return array.mul(number);
    }
  }
}
