package dev.eddy.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.eddy.feature.FeatureMatrix;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReferenceMethodsTest {
  @Test
  void scoreARowOutsideOfACloudAboveTheCloud() {
    SplittableRandom random = new SplittableRandom(1);
    FeatureMatrix cloud = new FeatureMatrix(3, 200);
    for (int i = 0; i < 200; i++) {
      float x = (float) random.nextGaussian();
      float noise = (float) random.nextGaussian() * 0.1f;
      cloud.append(new float[] {x, x + noise, (float) random.nextGaussian()});
    }
    FeatureMatrix test = cloud.select(new int[] {0, 1, 2, 3});
    test.append(new float[] {6, -6, 6}); // against the correlation, and far

    Map<String, double[]> scores = ReferenceMethods.score(cloud, test, 7);

    assertThat(scores).containsOnlyKeys("isolationForest", "kNN", "PCA");
    scores.forEach(
        (name, values) -> {
          for (int row = 0; row < 4; row++) {
            assertThat(values[4]).as(name).isGreaterThan(values[row]);
          }
        });
  }

  @Test
  void measureTheDistanceToTheFifthNearestRowInUnitsOfEachColumnsRange() {
    FeatureMatrix training = new FeatureMatrix(2, 6);
    for (int i = 0; i <= 5; i++) {
      training.append(new float[] {i, 10 * i});
    }
    FeatureMatrix test = new FeatureMatrix(2, 1);
    test.append(new float[] {0, 0});

    Map<String, double[]> scores = ReferenceMethods.score(training, test, 0);

    // The fifth nearest of (0, 0) is (4, 40), at 0.8 of both ranges.
    assertThat(scores.getOrDefault(ReferenceMethods.NEIGHBOURS, new double[0]))
        .containsExactly(new double[] {0.8 * Math.sqrt(2)}, within(1e-6));
  }

  @Test
  void leaveNoDistanceToRowsOfThePlaneThatHoldsTheVariance() {
    FeatureMatrix training = new FeatureMatrix(3, 40);
    for (int i = 0; i < 40; i++) {
      training.append(new float[] {i, 2 * i, (i * 7) % 11});
    }
    PrincipalComponents components = PrincipalComponents.fit(training);
    FeatureMatrix test = training.select(new int[] {3});
    test.append(new float[] {3, 50, 10});

    double[] scores = components.score(test);

    assertThat(scores[0]).isEqualTo(0, within(1e-6));
    assertThat(scores[1]).isGreaterThan(0.5);
  }

  @Test
  void takeSecondsForATableOfHundredsOfColumns() {
    SplittableRandom random = new SplittableRandom(2);
    int width = 800;
    FeatureMatrix training = new FeatureMatrix(width, 300);
    for (int row = 0; row < 300; row++) {
      float shared = (float) random.nextGaussian();
      float[] cells = new float[width];
      for (int column = 0; column < width; column++) {
        cells[column] = shared + (float) random.nextGaussian();
      }
      training.append(cells);
    }
    FeatureMatrix test = training.select(new int[] {0, 1});
    float[] odd = training.row(0);
    for (int column = 0; column < width; column += 2) {
      odd[column] = -odd[column];
    }
    test.append(odd);

    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    long start = clock.getCurrentThreadCpuTime(); // other work on the machine does not count
    double[] scores = PrincipalComponents.fit(training).score(test);
    Duration taken = Duration.ofNanos(clock.getCurrentThreadCpuTime() - start);

    assertThat(scores[2]).isGreaterThan(Math.max(scores[0], scores[1]));
    assertThat(taken).isLessThan(Duration.ofSeconds(5));
  }
}
