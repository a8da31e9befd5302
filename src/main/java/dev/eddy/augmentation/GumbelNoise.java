package dev.eddy.augmentation;

import java.util.random.RandomGenerator;

/**
 * Standard Gumbel noise from a table of its 65,536 quantiles: four draws for one 64-bit random
 * number, since a step needs one for each token of each row.
 */
final class GumbelNoise {
  private static final int QUANTILES = 1 << 16;
  private final float[] table = new float[QUANTILES];

  GumbelNoise() {
    for (int i = 0; i < QUANTILES; i++) {
      table[i] = (float) -Math.log(-Math.log((i + 0.5) / QUANTILES));
    }
  }

  void fill(float[] target, RandomGenerator random) {
    long bits = 0;
    for (int i = 0; i < target.length; i++) {
      bits = (i & 3) == 0 ? random.nextLong() : bits >>> 16;
      target[i] = table[(int) (bits & (QUANTILES - 1))];
    }
  }
}
