package dev.eddy.scoring;

import dev.eddy.feature.FeatureMatrix;
import dev.eddy.model.DeviceListener;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.Tensor;
import dev.eddy.model.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * On normal rows alone: distances to the nearest of 1,000 training rows, in ASINH and in units of
 * each column's training range, and how much larger the distance to the fifth nearest is than these
 * five neighbours' own (a local ratio in the spirit of LOF, Breunig et al., SIGMOD 2000). Two
 * scalings, because ASINH keeps heavy tails from drowning the rest, and ranges keep columns apart
 * that take few values.
 */
final class LocalNeighbourDetector implements TrainedDetector {
  /** Weight of each score in the fusion. */
  static final Map<String, Double> WEIGHTS =
      Map.of("neighbours.asinh", 1.0, "neighbours.range", 1.0, "neighbours.ratio", 1.0);

  private static final List<String> SCORES =
      List.of("neighbours.asinh", "neighbours.range", "neighbours.ratio");
  private static final int REFERENCE_ROWS = 1000;
  private static final int NEIGHBOURS = 5;

  /** In ranges of a column; the squares of what is farther would not fit a float. */
  private static final float FARTHEST = 1e9f;

  private final ReferenceRows asinh;
  private final ReferenceRows range;
  private final float[] rangeColumns;
  private final float[] minima;
  private final float[] perRange;
  private final float[] ownDistances; // to the fifth nearest other reference row, in ranges
  private final float epsilon;

  private LocalNeighbourDetector(
      ReferenceRows asinh,
      ReferenceRows range,
      float[] rangeColumns,
      float[] minima,
      float[] perRange,
      float[] ownDistances) {
    this.asinh = asinh;
    this.range = range;
    this.rangeColumns = rangeColumns;
    this.minima = minima;
    this.perRange = perRange;
    this.ownDistances = ownDistances;
    float[] sorted = ownDistances.clone();
    Arrays.sort(sorted);
    this.epsilon = 1e-3f * sorted[sorted.length / 2] + 1e-6f;
  }

  /** Trains on the first rows. */
  static LocalNeighbourDetector train(Standardizer standardizer, DetectorInput rows) {
    FeatureMatrix linear = rows.linear();
    int width = standardizer.keptWidth();
    float[] columns = new float[width];
    float[] minima = new float[width];
    float[] perRange = new float[width];
    for (int i = 0; i < width; i++) {
      columns[i] = standardizer.columns()[i];
      minima[i] = standardizer.minima()[i];
      perRange[i] = 1 / (standardizer.maxima()[i] - minima[i]);
    }
    FeatureMatrix scaled = new FeatureMatrix(width, linear.rows());
    toRanges(linear, columns, minima, perRange, scaled);
    ReferenceRows range = new ReferenceRows(scaled, REFERENCE_ROWS);
    return new LocalNeighbourDetector(
        new ReferenceRows(rows.asinh(), REFERENCE_ROWS),
        range,
        columns,
        minima,
        perRange,
        ownDistances(range, scaled));
  }

  private static float[] ownDistances(ReferenceRows range, FeatureMatrix scaled) {
    float[] own = new float[range.rows()];
    float[] distances = new float[range.rows()];
    int[] nearest = new int[Math.min(NEIGHBOURS, range.rows())];
    for (int row = 0; row < own.length; row++) {
      range.squaredDistances(scaled.values(), row * scaled.columns(), distances);
      distances[row] = Float.MAX_VALUE; // a row is no neighbour of its own
      range.nearest(distances, nearest);
      own[row] = (float) Math.sqrt(distances[nearest[nearest.length - 1]]);
    }
    return own;
  }

  private static void toRanges(
      FeatureMatrix linear, float[] columns, float[] minima, float[] perRange, FeatureMatrix to) {
    to.clear();
    for (int row = 0; row < linear.rows(); row++) {
      int target = to.append();
      int source = row * linear.columns();
      for (int i = 0; i < columns.length; i++) {
        float place = (linear.values()[source + (int) columns[i]] - minima[i]) * perRange[i];
        to.values()[target + i] = Math.max(-FARTHEST, Math.min(FARTHEST, place));
      }
    }
  }

  @Override
  public List<String> scoreNames() {
    return SCORES;
  }

  @Override
  public Detector open(ModelDevice device, DeviceListener listener) {
    float[] distances = new float[asinh.rows()];
    int[] nearest = new int[Math.min(NEIGHBOURS, range.rows())];
    FeatureMatrix scaled = new FeatureMatrix(rangeColumns.length, 1);
    return Detector.of(SCORES, input -> score(input, distances, nearest, scaled));
  }

  private double[][] score(
      DetectorInput input, float[] distances, int[] nearest, FeatureMatrix scaled) {
    toRanges(input.linear(), rangeColumns, minima, perRange, scaled);
    double[][] scores = new double[SCORES.size()][input.rows()];
    for (int row = 0; row < input.rows(); row++) {
      asinh.squaredDistances(input.asinh().values(), row * input.asinh().columns(), distances);
      scores[0][row] = Math.sqrt(asinh.smallest(distances));
      range.squaredDistances(scaled.values(), row * scaled.columns(), distances);
      range.nearest(distances, nearest);
      scores[1][row] = Math.sqrt(distances[nearest[0]]);
      float neighbours = 0;
      for (int neighbour : nearest) {
        neighbours += ownDistances[neighbour];
      }
      scores[2][row] =
          (Math.sqrt(distances[nearest[nearest.length - 1]]) + epsilon)
              / (neighbours / nearest.length + epsilon);
    }
    return scores;
  }

  @Override
  public Tensors tensors() {
    return Tensors.of(
        Map.of(
            "asinh", asinh.toTensor(),
            "range", range.toTensor(),
            "range-columns", Tensor.of(rangeColumns, rangeColumns.length),
            "minima", Tensor.of(minima, minima.length),
            "per-range", Tensor.of(perRange, perRange.length),
            "own-distances", Tensor.of(ownDistances, ownDistances.length)));
  }

  /** Reads a detector back from its tensors. */
  static LocalNeighbourDetector read(Tensors tensors) {
    return new LocalNeighbourDetector(
        ReferenceRows.of(tensors.get("asinh")),
        ReferenceRows.of(tensors.get("range")),
        tensors.get("range-columns").values(),
        tensors.get("minima").values(),
        tensors.get("per-range").values(),
        tensors.get("own-distances").values());
  }
}
