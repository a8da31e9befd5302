package dev.eddy.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.SplittableRandom;

/**
 * Random numbers for a training, all from one seed. They are drawn in Java because the engine has
 * one generator for the whole process: two trainings there would disturb each other, and neither
 * could be repeated. An instance belongs to one thread.
 */
public final class Noise {
  private final SplittableRandom random;

  /** Makes a source of its own. */
  public Noise(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Returns the generator behind it. */
  public SplittableRandom random() {
    return random;
  }

  /** Returns standard normal values, attached to the manager. */
  public NDArray normal(NDManager manager, int rows, int columns) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return manager.create(FloatBuffer.wrap(values), new Shape(rows, columns));
  }

  /**
   * Sets values to 0 with a probability and scales the others up, so that the mean stays.
   *
   * @param rate probability, in [0, 1); 0 returns the input itself
   */
  public NDArray dropout(NDArray input, double rate) {
    if (rate == 0) {
      return input;
    }
    float[] mask = new float[Math.toIntExact(input.size())];
    float kept = (float) (1 / (1 - rate));
    for (int i = 0; i < mask.length; i++) {
      mask[i] = random.nextDouble() < rate ? 0 : kept;
    }
    return input.mul(input.getManager().create(FloatBuffer.wrap(mask), input.getShape()));
  }
}
