package dev.eddy.scoring;

import dev.eddy.feature.FeatureMatrix;
import dev.eddy.model.Tensor;
import dev.eddy.model.Tensors;
import java.util.Arrays;
import java.util.Map;

/**
 * Decision trees that all have the same depth, in flat arrays.
 *
 * <p>A branch that ends early goes on to the left at no cost in meaning. So each row takes the same
 * steps without a branch that the processor could guess wrong, and the rows of a batch go down a
 * tree side by side: while one waits for memory, others move.
 */
final class FlatTrees {
  private final int trees;
  private final int depth;

  /**
   * One number a node, (tree, node): the feature above, the bits of the cut below, so that a step
   * reads memory once. A row goes right where its cell is larger than the cut.
   */
  private final long[] nodes;

  private final float[] leaves; // (tree, leaf)

  private FlatTrees(int trees, int depth, int[] features, float[] cuts, float[] leaves) {
    this.trees = trees;
    this.depth = depth;
    this.nodes = new long[features.length];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] =
          (long) features[i] << Integer.SIZE
              | Integer.toUnsignedLong(Float.floatToRawIntBits(cuts[i]));
    }
    this.leaves = leaves;
  }

  /** Returns for each row the sum of the values of the leaves that it falls into. */
  float[] sums(FeatureMatrix rows) {
    float[] sums = new float[rows.rows()];
    int[] places = new int[rows.rows()];
    for (int tree = 0; tree < trees; tree++) {
      int root = tree * inner(depth);
      Arrays.fill(places, root);
      for (int level = 0; level < depth; level++) {
        descend(rows.values(), rows.columns(), root, places);
      }
      int first = tree * (1 << depth) - inner(depth) - root;
      for (int row = 0; row < sums.length; row++) {
        sums[row] += leaves[first + places[row]];
      }
    }
    return sums;
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

  /** Returns how many nodes of a tree are not leaves. */
  private static int inner(int depth) {
    return (1 << depth) - 1;
  }

  /**
   * Returns features and cuts (tree, node) and leaves (tree, leaf).
   *
   * @param leaf what the values of the leaves are called
   */
  Map<String, Tensor> tensors(String leaf) {
    float[] features = new float[nodes.length];
    float[] cuts = new float[nodes.length];
    for (int i = 0; i < nodes.length; i++) {
      features[i] = nodes[i] >>> Integer.SIZE;
      cuts[i] = Float.intBitsToFloat((int) nodes[i]);
    }
    return Map.of(
        "features",
        Tensor.of(features, trees, inner(depth)),
        "cuts",
        Tensor.of(cuts, trees, inner(depth)),
        leaf,
        Tensor.of(leaves, trees, 1 << depth));
  }

  /** Reads trees back. */
  static FlatTrees read(Tensors tensors, String leaf, int trees, int depth) {
    float[] places = tensors.get("features").values();
    int[] features = new int[places.length];
    for (int i = 0; i < features.length; i++) {
      features[i] = (int) places[i];
    }
    return new FlatTrees(
        trees, depth, features, tensors.get("cuts").values(), tensors.get(leaf).values());
  }

  /** Collects nodes: the root is 0, below node n are 2n + 1 on the left and 2n + 2. */
  static final class Builder {
    private final int trees;
    private final int depth;
    private final int[] features;
    private final float[] cuts;
    private final float[] leaves;

    Builder(int trees, int depth) {
      this.trees = trees;
      this.depth = depth;
      this.features = new int[trees * inner(depth)];
      this.cuts = new float[trees * inner(depth)];
      this.leaves = new float[trees << depth];
    }

    void branch(int tree, int node, int feature, float cut) {
      features[tree * inner(depth) + node] = feature;
      cuts[tree * inner(depth) + node] = cut;
    }

    /** Makes everything below a node, which is one itself at the last level, end in a value. */
    void leaf(int tree, int node, int level, float value) {
      int place = node;
      for (int i = level; i < depth; i++) {
        cuts[tree * inner(depth) + place] = Float.POSITIVE_INFINITY;
        place = 2 * place + 1;
      }
      leaves[(tree << depth) + place - inner(depth)] = value;
    }

    FlatTrees build() {
      return new FlatTrees(trees, depth, features, cuts, leaves);
    }
  }
}
