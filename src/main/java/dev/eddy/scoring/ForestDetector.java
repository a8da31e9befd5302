package dev.eddy.scoring;

import dev.eddy.definition.Detection.Part;
import dev.eddy.feature.FeatureMatrix;
import dev.eddy.model.DeviceListener;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.Tensor;
import dev.eddy.model.Tensors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Isolation forest on ASINH rows: how few random cuts set a row apart, in (0, 1) (Liu, Ting and
 * Zhou, ICDM 2008): 100 trees of 256 rows.
 */
final class ForestDetector implements TrainedDetector {
  static final DetectorFamily FAMILY = new Family();

  private static final int TREES = 100;
  private static final int SAMPLE = 256;
  private static final int DEPTH = 8;
  private static final String LENGTHS = "lengths";

  private final FlatTrees trees; // leaves hold expected path lengths
  private final double typicalLength;

  private ForestDetector(FlatTrees trees, double typicalLength) {
    this.trees = trees;
    this.typicalLength = typicalLength;
  }

  @Override
  public List<String> scoreNames() {
    return List.of(Family.SCORE);
  }

  @Override
  public Detector open(ModelDevice device, DeviceListener listener) {
    return Detector.of(scoreNames(), input -> new double[][] {score(input.asinh())});
  }

  /** Grows a forest on rows of any representation; {@link #score} then takes rows of the same. */
  static ForestDetector grow(FeatureMatrix rows, long seed) {
    return new Grower(rows, seed).grow();
  }

  /** Returns how anomalous each row is, in (0, 1). */
  double[] score(FeatureMatrix asinh) {
    float[] sums = trees.sums(asinh);
    double[] scores = new double[sums.length];
    for (int row = 0; row < scores.length; row++) {
      scores[row] = Math.pow(2, -sums[row] / (TREES * typicalLength));
    }
    return scores;
  }

  @Override
  public Tensors tensors() {
    Map<String, Tensor> tensors = new HashMap<>(trees.tensors(LENGTHS));
    tensors.put("typical-length", Tensor.of(new float[] {(float) typicalLength}, 1));
    return Tensors.of(tensors);
  }

  /** Grows trees. */
  private static final class Grower {
    private final FlatTrees.Builder trees = new FlatTrees.Builder(TREES, DEPTH);
    private final FeatureMatrix rows;
    private final SplittableRandom random;
    private final int sample;

    Grower(FeatureMatrix rows, long seed) {
      this.rows = rows;
      this.random = new SplittableRandom(seed);
      this.sample = Math.min(SAMPLE, rows.rows());
    }

    ForestDetector grow() {
      for (int tree = 0; tree < TREES; tree++) {
        int[] drawn = random.ints(0, rows.rows()).distinct().limit(sample).toArray();
        grow(tree, 0, 0, drawn, 0, drawn.length);
      }
      return new ForestDetector(trees.build(), (float) typicalLength(sample));
    }

    private void grow(int tree, int node, int depth, int[] drawn, int from, int to) {
      int feature = depth < DEPTH && to - from > 1 ? splittable(drawn, from, to) : -1;
      if (feature < 0) {
        trees.leaf(tree, node, depth, (float) (depth + typicalLength(to - from)));
        return;
      }
      float low = Float.POSITIVE_INFINITY;
      float high = Float.NEGATIVE_INFINITY;
      for (int i = from; i < to; i++) {
        low = Math.min(low, rows.get(drawn[i], feature));
        high = Math.max(high, rows.get(drawn[i], feature));
      }
      float cut = Math.min((float) (low + random.nextDouble() * (high - low)), Math.nextDown(high));
      trees.branch(tree, node, feature, cut);
      int middle = partition(drawn, from, to, feature, cut);
      grow(tree, 2 * node + 1, depth + 1, drawn, from, middle);
      grow(tree, 2 * node + 2, depth + 1, drawn, middle, to);
    }

    /** Returns a random feature in which the rows differ; -1 where they are all equal. */
    private int splittable(int[] drawn, int from, int to) {
      int width = rows.columns();
      int first = random.nextInt(width);
      int step = coprimeStep(width);
      for (int i = 0; i < width; i++) {
        int feature = (int) ((first + (long) i * step) % width);
        float value = rows.get(drawn[from], feature);
        for (int k = from + 1; k < to; k++) {
          if (rows.get(drawn[k], feature) != value) {
            return feature;
          }
        }
      }
      return -1;
    }

    /** Returns a random step that visits every feature once. */
    private int coprimeStep(int width) {
      int step = 1 + random.nextInt(width);
      while (greatestCommonDivisor(step, width) != 1) {
        step = 1 + random.nextInt(width);
      }
      return step;
    }

    private static int greatestCommonDivisor(int a, int b) {
      return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }

    private int partition(int[] drawn, int from, int to, int feature, float cut) {
      int middle = from;
      for (int i = from; i < to; i++) {
        if (rows.get(drawn[i], feature) <= cut) {
          int swapped = drawn[middle];
          drawn[middle++] = drawn[i];
          drawn[i] = swapped;
        }
      }
      return middle;
    }

    /** Returns the mean length of an unsuccessful search in a binary search tree of n rows. */
    private static double typicalLength(int n) {
      if (n <= 1) {
        return 0;
      }
      if (n == 2) {
        return 1;
      }
      double eulerMascheroni = 0.5772156649015329;
      return 2 * (Math.log(n - 1.0) + eulerMascheroni) - 2.0 * (n - 1) / n;
    }
  }

  private static final class Family implements DetectorFamily {
    private static final String SCORE = "forest.isolation";

    @Override
    public Part part() {
      return Part.FOREST;
    }

    @Override
    public Map<String, Double> weights(Mode mode) {
      return mode == Mode.CONTAMINATED ? Map.of(SCORE, 1.0) : Map.of();
    }

    @Override
    public Optional<TrainedDetector> train(TrainingRows training, Mode mode, long seed) {
      return Optional.of(ForestDetector.grow(training.rows().asinh(), seed));
    }

    @Override
    public TrainedDetector read(Tensors tensors) {
      return new ForestDetector(
          FlatTrees.read(tensors, LENGTHS, TREES, DEPTH), tensors.get("typical-length").get(0));
    }
  }
}
