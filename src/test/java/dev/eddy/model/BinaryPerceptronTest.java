package dev.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BinaryPerceptronTest {
  private static final BinaryPerceptron NETWORK = new BinaryPerceptron(16, 30, 32, 1e-2, 1e-3);
  private static final float[][] CORNERS = {{1, 1}, {-1, -1}, {1, -1}, {-1, 1}};

  /** Points around the corners of a square, of the class where both signs are the same. */
  private static float[][] points(int count) {
    SplittableRandom random = new SplittableRandom(3);
    float[][] points = new float[count][];
    for (int i = 0; i < count; i++) {
      float[] corner = CORNERS[i % CORNERS.length];
      points[i] =
          new float[] {
            corner[0] + (float) random.nextGaussian() / 4,
            corner[1] + (float) random.nextGaussian() / 4
          };
    }
    return points;
  }

  private static double[] scores(float weight, long seed) {
    float[][] points = points(400);
    int[] positive = new int[points.length];
    float[] weights = new float[points.length];
    for (int i = 0; i < points.length; i++) {
      positive[i] = i % 4 < 2 ? 1 : 0;
      weights[i] = positive[i] == 1 ? weight : 1;
    }
    return NETWORK.scores(points, positive, weights, CORNERS, seed);
  }

  @Test
  void learnsWhatNoLineSeparates() {
    double[] scores = scores(1, 5);

    assertThat(Math.min(scores[0], scores[1])).isGreaterThan(1);
    assertThat(Math.max(scores[2], scores[3])).isLessThan(-1);
  }

  @Test
  void learnsTheSameFromTheSameSeed() {
    assertThat(scores(1, 5)).isEqualTo(scores(1, 5)).isNotEqualTo(scores(1, 6));
  }

  @Test
  void believesMoreInAClassThatWeighsMore() {
    assertThat(Arrays.stream(scores(10, 5)).sum()).isGreaterThan(Arrays.stream(scores(1, 5)).sum());
  }
}
