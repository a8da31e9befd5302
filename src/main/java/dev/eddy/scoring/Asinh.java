package dev.eddy.scoring;

import dev.eddy.feature.FeatureMatrix;

/**
 * The inverse hyperbolic sine, fast in single precision: near zero it is the identity, far out a
 * logarithm, so outliers stay in order without drowning the rest.
 */
final class Asinh {
  /** Beyond this the square would overflow; no feature is measured so finely that it matters. */
  private static final float LIMIT = 0x1p60f;

  private static final float LN_2 = 0.6931472f;
  private static final int SQRT_HALF_BITS = 0x3f3504f3;

  /** Times 1 + 2^120 this is still finite. */
  private static final double LARGE = 1e200;

  private Asinh() {}

  /**
   * Returns asinh(x) within 5e-7 absolute or relative, whichever is larger.
   *
   * @param x finite; values beyond 2^60 count as 2^60
   */
  static float of(float x) {
    float magnitude = Math.min(Math.abs(x), LIMIT);
    float result = ln(magnitude + (float) Math.sqrt(magnitude * magnitude + 1f));
    return Math.copySign(result, x);
  }

  /**
   * Returns by how much asinh draws each row together with its neighbours, in nats: minus the sum
   * of ln asinh'(x), which is the sum of ln(1 + x^2) / 2. A tight group far out is mostly this.
   */
  static double[] compression(FeatureMatrix linear) {
    int width = linear.columns();
    float[] cells = linear.values();
    double[] nats = new double[linear.rows()];
    for (int row = 0; row < nats.length; row++) {
      double product = 1;
      double logarithms = 0;
      for (int place = row * width; place < (row + 1) * width; place++) {
        double magnitude = Math.min(Math.abs(cells[place]), LIMIT);
        product *= 1 + magnitude * magnitude;
        if (product > LARGE) {
          logarithms += Math.log(product);
          product = 1;
        }
      }
      nats[row] = (logarithms + Math.log(product)) / 2;
    }
    return nats;
  }

  /**
   * Natural logarithm of a normal number {@code >= 1}: x = m * 2^e with m in [sqrt(1/2), sqrt(2)),
   * and ln(m) as a polynomial in m - 1 (Cephes logf, S. Moshier).
   */
  private static float ln(float x) {
    int shifted = Float.floatToRawIntBits(x) - SQRT_HALF_BITS;
    int exponent = shifted >> 23;
    float m = Float.intBitsToFloat(SQRT_HALF_BITS + (shifted & 0x7fffff)) - 1f;
    float m2 = m * m;
    float polynomial =
        ((((((((7.0376836e-2f * m - 1.151461e-1f) * m + 1.1676998e-1f) * m - 1.2420141e-1f) * m
                                            + 1.4249323e-1f)
                                        * m
                                    - 1.6668057e-1f)
                                * m
                            + 2.0000714e-1f)
                        * m
                    - 2.4999994e-1f)
                * m
            + 3.333333e-1f);
    return m + (polynomial * m * m2 - 0.5f * m2) + exponent * LN_2;
  }
}
