package dev.eddy.scoring;

import dev.eddy.definition.Detection.Part;
import dev.eddy.feature.EncodedColumn.Kind;
import dev.eddy.feature.FeatureMatrix;
import dev.eddy.model.DeviceListener;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.Tensors;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Extremely randomised trees (Geurts, Ernst and Wehenkel, Machine Learning 63, 2006) between the
 * labelled anomalies and all other rows, on ASINH rows: the mean share of anomalies in the leaves
 * that a row falls into, in (0, 1), where both kinds weigh alike. Fifty trees of depth 8; at each
 * node the best of a random cut in each of 32 random features, by the Gini impurity.
 *
 * <p>What networks learn from a handful of labels is smooth, what trees learn has edges: together
 * they know more than either.
 */
final class LabelledTreesDetector implements TrainedDetector {
  static final DetectorFamily FAMILY = new Family();

  private static final int TREES = 50;
  private static final int DEPTH = 8;
  private static final int FEATURES = 32;
  private static final int MOST_OTHERS = 4_000;
  private static final String SHARES = "shares";

  private final FlatTrees trees;

  private LabelledTreesDetector(FlatTrees trees) {
    this.trees = trees;
  }

  @Override
  public List<String> scoreNames() {
    return List.of(Family.SCORE);
  }

  @Override
  public Detector open(ModelDevice device, DeviceListener listener) {
    return Detector.of(scoreNames(), input -> new double[][] {score(input.asinh())});
  }

  private double[] score(FeatureMatrix asinh) {
    float[] sums = trees.sums(asinh);
    return IntStream.range(0, sums.length).mapToDouble(row -> sums[row] / TREES).toArray();
  }

  @Override
  public Tensors tensors() {
    return Tensors.of(trees.tensors(SHARES));
  }

  /** Grows trees. */
  private static final class Grower {
    private final FlatTrees.Builder trees = new FlatTrees.Builder(TREES, DEPTH);
    private final FeatureMatrix others;
    private final FeatureMatrix anomalies;
    private final int othersUsed;
    private final double anomalyWeight;
    private final SplittableRandom random;
    private final int[] features;

    Grower(FeatureMatrix others, FeatureMatrix anomalies, long seed) {
      this.others = others;
      this.anomalies = anomalies;
      this.othersUsed = Math.min(MOST_OTHERS, others.rows()); // they come in random order
      this.anomalyWeight = (double) othersUsed / anomalies.rows();
      this.random = new SplittableRandom(seed);
      this.features = IntStream.range(0, others.columns()).toArray();
    }

    FlatTrees grow() {
      for (int tree = 0; tree < TREES; tree++) {
        int[] rows = IntStream.range(0, othersUsed + anomalies.rows()).toArray();
        grow(tree, 0, 0, rows, 0, rows.length);
      }
      return trees.build();
    }

    private void grow(int tree, int node, int depth, int[] rows, int from, int to) {
      Counts all = count(rows, from, to);
      Cut cut = depth < DEPTH && all.isMixed() ? best(all, rows, from, to) : null;
      if (cut == null) {
        trees.leaf(tree, node, depth, (float) all.share());
        return;
      }
      trees.branch(tree, node, cut.feature(), cut.value());
      int middle = partition(rows, from, to, cut);
      grow(tree, 2 * node + 1, depth + 1, rows, from, middle);
      grow(tree, 2 * node + 2, depth + 1, rows, middle, to);
    }

    /** Returns the best of random cuts in random features; null where no feature has two values. */
    private @Nullable Cut best(Counts all, int[] rows, int from, int to) {
      Cut best = null;
      double lowest = Double.POSITIVE_INFINITY;
      int tried = 0;
      for (int i = 0; i < features.length && tried < FEATURES; i++) {
        int drawn = i + random.nextInt(features.length - i);
        int feature = features[drawn];
        features[drawn] = features[i];
        features[i] = feature;
        Cut cut = random(feature, rows, from, to);
        if (cut != null) {
          tried++;
          Counts left = countLeft(rows, from, to, cut);
          double impurity = left.impurity() + all.minus(left).impurity();
          if (impurity < lowest) {
            lowest = impurity;
            best = cut;
          }
        }
      }
      return best;
    }

    private @Nullable Cut random(int feature, int[] rows, int from, int to) {
      float low = Float.POSITIVE_INFINITY;
      float high = Float.NEGATIVE_INFINITY;
      for (int i = from; i < to; i++) {
        float cell = cell(rows[i], feature);
        low = Math.min(low, cell);
        high = Math.max(high, cell);
      }
      return low < high
          ? new Cut(
              feature,
              Math.min((float) (low + random.nextDouble() * (high - low)), Math.nextDown(high)))
          : null;
    }

    private boolean isAnomaly(int row) {
      return row >= othersUsed;
    }

    private float cell(int row, int feature) {
      return isAnomaly(row) ? anomalies.get(row - othersUsed, feature) : others.get(row, feature);
    }

    private Counts count(int[] rows, int from, int to) {
      int found = 0;
      for (int i = from; i < to; i++) {
        found += isAnomaly(rows[i]) ? 1 : 0;
      }
      return new Counts(found * anomalyWeight, to - from - found);
    }

    private Counts countLeft(int[] rows, int from, int to, Cut cut) {
      int found = 0;
      int other = 0;
      for (int i = from; i < to; i++) {
        if (cell(rows[i], cut.feature()) <= cut.value()) {
          if (isAnomaly(rows[i])) {
            found++;
          } else {
            other++;
          }
        }
      }
      return new Counts(found * anomalyWeight, other);
    }

    private int partition(int[] rows, int from, int to, Cut cut) {
      int middle = from;
      for (int i = from; i < to; i++) {
        if (cell(rows[i], cut.feature()) <= cut.value()) {
          int swapped = rows[middle];
          rows[middle++] = rows[i];
          rows[i] = swapped;
        }
      }
      return middle;
    }
  }

  /** Rows go right where the feature is larger than the value. */
  private record Cut(int feature, float value) {}

  /** Weights of the rows of a node. */
  private record Counts(double anomalies, double others) {
    boolean isMixed() {
      return anomalies > 0 && others > 0;
    }

    /** The share of anomalies, as if there were half a row more of each kind. */
    double share() {
      return (anomalies + 0.5) / (anomalies + others + 1);
    }

    /** Half the Gini impurity times the weight. */
    double impurity() {
      return isMixed() ? anomalies * others / (anomalies + others) : 0;
    }

    Counts minus(Counts part) {
      return new Counts(anomalies - part.anomalies, others - part.others);
    }
  }

  private static final class Family implements DetectorFamily {
    private static final String SCORE = "trees.labelled";

    @Override
    public Part part() {
      return Part.TREES;
    }

    @Override
    public Map<String, Double> weights(Mode mode) {
      return Map.of(SCORE, 0.0);
    }

    @Override
    public Optional<TrainedDetector> train(TrainingRows training, Mode mode, long seed) {
      FeatureMatrix anomalies = training.labelled().asinh();
      return anomalies.rows() == 0 || hasContext(training)
          ? Optional.empty()
          : Optional.of(
              new LabelledTreesDetector(
                  new Grower(training.rows().asinh(), anomalies, seed).grow()));
    }

    /** Where a stream moves on, edges learned at its old level cost more than they gain. */
    private static boolean hasContext(TrainingRows training) {
      return training.columns().stream().anyMatch(column -> column.kind() == Kind.CONTEXT);
    }

    @Override
    public TrainedDetector read(Tensors tensors) {
      return new LabelledTreesDetector(FlatTrees.read(tensors, SHARES, TREES, DEPTH));
    }
  }
}
