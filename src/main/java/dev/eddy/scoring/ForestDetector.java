package dev.eddy.scoring;

import dev.eddy.definition.Detection.Part;
import dev.eddy.feature.FeatureMatrix;
import dev.eddy.model.DeviceListener;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.Tensor;
import dev.eddy.model.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Isolation forest on ASINH rows: how few random cuts set a row apart, in (0, 1) (Liu, Ting and
 * Zhou, ICDM 2008): 100 trees of 256 rows.
 *
 * <p>Every tree is a complete binary tree of depth 8 in flat arrays; a branch that ends early goes
 * on to the left at no cost in meaning. So each row takes the same eight steps without a branch
 * that the processor could guess wrong, and the rows of a batch go down a tree side by side: while
 * one waits for memory, others move.
 */
final class ForestDetector implements TrainedDetector {
  static final DetectorFamily FAMILY = new Family();

  private static final int TREES = 100;
  private static final int SAMPLE = 256;
  private static final int DEPTH = 8;
  private static final int NODES = (1 << DEPTH) - 1;
  private static final int LEAVES = 1 << DEPTH;

  /**
   * One number a node, (tree, node): the feature above, the bits of the cut below, so that a step
   * reads memory once. A row goes right where its cell is larger than the cut.
   */
  private final long[] nodes;

  private final float[] lengths; // (tree, leaf): expected path length
  private final double typicalLength;

  private ForestDetector(int[] features, float[] cuts, float[] lengths, double typicalLength) {
    this.nodes = new long[features.length];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] =
          (long) features[i] << Integer.SIZE
              | Integer.toUnsignedLong(Float.floatToRawIntBits(cuts[i]));
    }
    this.lengths = lengths;
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
    int rows = asinh.rows();
    float[] sums = new float[rows];
    int[] places = new int[rows];
    for (int tree = 0; tree < TREES; tree++) {
      int root = tree * NODES;
      Arrays.fill(places, root);
      for (int level = 0; level < DEPTH; level++) {
        descend(asinh.values(), asinh.columns(), root, places);
      }
      int leaves = tree * LEAVES - NODES - root;
      for (int row = 0; row < rows; row++) {
        sums[row] += lengths[leaves + places[row]];
      }
    }
    double[] scores = new double[rows];
    for (int row = 0; row < rows; row++) {
      scores[row] = Math.pow(2, -sums[row] / (TREES * typicalLength));
    }
    return scores;
  }

  /** Takes every row one level down: from node n to 2n + 1, or 2n + 2 where its cell is larger. */
  private void descend(float[] cells, int width, int root, int[] places) {
    int left = 1 - root;
    int start = 0;
    for (int row = 0; row < places.length; row++) {
      int place = places[row];
      long node = nodes[place];
      float cut = Float.intBitsToFloat((int) node);
      float cell = cells[start + (int) (node >>> Integer.SIZE)];
      int larger = Float.floatToRawIntBits(cut - cell) >>> 31; // the sign bit
      places[row] = 2 * place + left + larger;
      start += width;
    }
  }

  @Override
  public Tensors tensors() {
    float[] features = new float[nodes.length];
    float[] cuts = new float[nodes.length];
    for (int i = 0; i < nodes.length; i++) {
      features[i] = nodes[i] >>> Integer.SIZE;
      cuts[i] = Float.intBitsToFloat((int) nodes[i]);
    }
    return Tensors.of(
        Map.of(
            "features", Tensor.of(features, TREES, NODES),
            "cuts", Tensor.of(cuts, TREES, NODES),
            "lengths", Tensor.of(lengths, TREES, LEAVES),
            "typical-length", Tensor.of(new float[] {(float) typicalLength}, 1)));
  }

  /** Grows trees into flat arrays. */
  private static final class Grower {
    private final int[] features = new int[TREES * NODES];
    private final float[] cuts = new float[TREES * NODES];
    private final float[] lengths = new float[TREES * LEAVES];
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
      return new ForestDetector(features, cuts, lengths, (float) typicalLength(sample));
    }

    private void grow(int tree, int node, int depth, int[] drawn, int from, int to) {
      if (depth == DEPTH) {
        lengths[tree * LEAVES + node - NODES] = (float) (DEPTH + typicalLength(to - from));
        return;
      }
      int feature = to - from > 1 ? splittable(drawn, from, to) : -1;
      if (feature < 0) {
        end(tree, node, depth, (float) (depth + typicalLength(to - from)));
        return;
      }
      float low = Float.POSITIVE_INFINITY;
      float high = Float.NEGATIVE_INFINITY;
      for (int i = from; i < to; i++) {
        low = Math.min(low, rows.get(drawn[i], feature));
        high = Math.max(high, rows.get(drawn[i], feature));
      }
      float cut = Math.min((float) (low + random.nextDouble() * (high - low)), Math.nextDown(high));
      features[tree * NODES + node] = feature;
      cuts[tree * NODES + node] = cut;
      int middle = partition(drawn, from, to, feature, cut);
      grow(tree, 2 * node + 1, depth + 1, drawn, from, middle);
      grow(tree, 2 * node + 2, depth + 1, drawn, middle, to);
    }

    /** Makes everything below a node go left to a leaf that holds this length. */
    private void end(int tree, int node, int depth, float length) {
      int place = node;
      for (int level = depth; level < DEPTH; level++) {
        cuts[tree * NODES + place] = Float.POSITIVE_INFINITY;
        place = 2 * place + 1;
      }
      lengths[tree * LEAVES + place - NODES] = length;
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
      float[] places = tensors.get("features").values();
      int[] features = new int[places.length];
      for (int i = 0; i < features.length; i++) {
        features[i] = (int) places[i];
      }
      return new ForestDetector(
          features,
          tensors.get("cuts").values(),
          tensors.get("lengths").values(),
          tensors.get("typical-length").get(0));
    }
  }
}
