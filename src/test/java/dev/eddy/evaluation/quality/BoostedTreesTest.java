package dev.eddy.evaluation.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoostedTreesTest {

  @BeforeEach
  void needsTheLibrary() {
    assumeThat(LightGbm.isLoaded()).as("LightGBM is loaded").isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 9})
  void tellsClassesApartByShares(int classes) {
    EncodedRows training = rows(900, classes, 1);
    EncodedRows test = rows(5000, classes, 2);
    float[] weights = new float[training.rows()];
    Arrays.fill(weights, 1);

    double[][] probabilities = new BoostedTrees(10).probabilities(training, weights, test);

    int right = 0;
    for (int row = 0; row < test.rows(); row++) {
      assertThat(probabilities[row]).hasSize(classes);
      assertThat(Arrays.stream(probabilities[row]).sum()).isCloseTo(1, within(1e-9));
      double most = Arrays.stream(probabilities[row]).max().orElseThrow();
      right += probabilities[row][test.classOf()[row]] == most ? 1 : 0;
    }
    assertThat(right / 5000.0).isGreaterThan(0.9);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void judgesAlikeAfterItWasKeptAsText(int classes) {
    EncodedRows training = rows(900, classes, 1);
    EncodedRows test = rows(500, classes, 2);
    float[] weights = new float[training.rows()];
    Arrays.fill(weights, 1);
    double[][] expected = new BoostedTrees(100).probabilities(training, weights, test);

    double[] own = LabelTrees.train(training).ownShares(test);

    for (int row = 0; row < own.length; row++) {
      assertThat(own[row]).isCloseTo(expected[row][test.classOf()[row]], within(1e-9));
    }
  }

  /** One number, which lies within half a unit of its class. */
  private static EncodedRows rows(int rows, int classes, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] cells = new float[rows];
    int[] classOf = new int[rows];
    for (int row = 0; row < rows; row++) {
      classOf[row] = random.nextInt(classes);
      cells[row] = (float) (classOf[row] + random.nextDouble() - 0.5);
    }
    return new EncodedRows(1, 1, cells, classOf, classes);
  }
}
