package dev.eddy.scoring;

import dev.eddy.definition.Detection.Part;
import dev.eddy.feature.FeatureMatrix;
import dev.eddy.model.DeviceListener;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.Tensors;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Distance of an ASINH row to the nearest centre of a large cluster, so that a small cluster of
 * anomalies does not vouch for itself: CBLOF (He et al., Pattern Recognition Letters 24, 2003)
 * without weights by size, over k-means (Lloyd, 1982) from the best of three starts. Clusters are
 * large, from the largest on, until they hold nine tenths of the rows or the next one has a fifth
 * of the rows of the one before.
 */
final class ClusterDetector implements TrainedDetector {
  static final DetectorFamily FAMILY = new Family();

  private static final int CLUSTERS = 8;
  private static final int STARTS = 3;
  private static final int ROUNDS = 50;
  private static final int MOST_ROWS = 10_000;
  private static final double LARGE_SHARE = 0.9;
  private static final double LARGE_RATIO = 5;

  private final ReferenceRows centres;

  private ClusterDetector(ReferenceRows centres) {
    this.centres = centres;
  }

  @Override
  public List<String> scoreNames() {
    return List.of(Family.SCORE);
  }

  @Override
  public Detector open(ModelDevice device, DeviceListener listener) {
    float[] distances = new float[centres.rows()];
    return Detector.of(scoreNames(), input -> new double[][] {score(input.asinh(), distances)});
  }

  private double[] score(FeatureMatrix asinh, float[] distances) {
    double[] scores = new double[asinh.rows()];
    for (int row = 0; row < scores.length; row++) {
      centres.squaredDistances(asinh.values(), row * asinh.columns(), distances);
      scores[row] = Math.sqrt(centres.smallest(distances));
    }
    return scores;
  }

  @Override
  public Tensors tensors() {
    return Tensors.of(Map.of("centres", centres.toTensor()));
  }

  /** One run of k-means. */
  private static final class KMeans {
    private final FeatureMatrix rows;
    private final int[] clusterOf;
    private FeatureMatrix centres;
    private double cost;

    KMeans(FeatureMatrix rows, SplittableRandom random) {
      this.rows = rows;
      this.clusterOf = new int[rows.rows()];
      int[] first =
          random.ints(0, rows.rows()).distinct().limit(Math.min(CLUSTERS, rows.rows())).toArray();
      this.centres = rows.select(first);
      for (int round = 0; round < ROUNDS && assign(); round++) {
        moveCentres();
      }
    }

    /** Puts each row into the nearest cluster, and returns whether one has changed. */
    private boolean assign() {
      boolean changed = false;
      ReferenceRows reference = new ReferenceRows(centres, centres.rows());
      float[] distances = new float[centres.rows()];
      int[] nearest = new int[1];
      cost = 0;
      for (int row = 0; row < clusterOf.length; row++) {
        reference.squaredDistances(rows.values(), row * rows.columns(), distances);
        reference.nearest(distances, nearest);
        changed |= clusterOf[row] != nearest[0];
        clusterOf[row] = nearest[0];
        cost += distances[nearest[0]];
      }
      return changed;
    }

    /** A cluster without rows keeps its centre. */
    private void moveCentres() {
      int width = rows.columns();
      double[][] sums = new double[centres.rows()][width];
      int[] sizes = sizes();
      for (int row = 0; row < clusterOf.length; row++) {
        for (int column = 0; column < width; column++) {
          sums[clusterOf[row]][column] += rows.get(row, column);
        }
      }
      FeatureMatrix moved = new FeatureMatrix(width, centres.rows());
      for (int cluster = 0; cluster < sums.length; cluster++) {
        float[] centre = centres.row(cluster);
        for (int column = 0; column < width && sizes[cluster] > 0; column++) {
          centre[column] = (float) (sums[cluster][column] / sizes[cluster]);
        }
        moved.append(centre);
      }
      centres = moved;
    }

    private int[] sizes() {
      int[] sizes = new int[centres.rows()];
      for (int cluster : clusterOf) {
        sizes[cluster]++;
      }
      return sizes;
    }

    double cost() {
      return cost;
    }

    FeatureMatrix largeCentres() {
      int[] sizes = sizes();
      int[] order =
          IntStream.range(0, sizes.length)
              .boxed()
              .sorted(Comparator.comparing((Integer cluster) -> -sizes[cluster]))
              .mapToInt(Integer::intValue)
              .toArray();
      int large = 1;
      int held = sizes[order[0]];
      while (large < order.length
          && held < LARGE_SHARE * clusterOf.length
          && sizes[order[large - 1]] < LARGE_RATIO * sizes[order[large]]) {
        held += sizes[order[large++]];
      }
      return centres.select(Arrays.copyOf(order, large));
    }
  }

  private static final class Family implements DetectorFamily {
    private static final String SCORE = "clusters.distance";

    @Override
    public Part part() {
      return Part.CLUSTERS;
    }

    @Override
    public Map<String, Double> weights(Mode mode) {
      return mode == Mode.CONTAMINATED ? Map.of(SCORE, 0.5) : Map.of();
    }

    @Override
    public Optional<TrainedDetector> train(TrainingRows training, Mode mode, long seed) {
      FeatureMatrix all = training.rows().asinh(); // in random order
      FeatureMatrix rows =
          all.select(IntStream.range(0, Math.min(MOST_ROWS, all.rows())).toArray());
      SplittableRandom random = new SplittableRandom(seed);
      KMeans best = new KMeans(rows, random.split());
      for (int start = 1; start < STARTS; start++) {
        KMeans other = new KMeans(rows, random.split());
        best = other.cost() < best.cost() ? other : best;
      }
      FeatureMatrix centres = best.largeCentres();
      return Optional.of(new ClusterDetector(new ReferenceRows(centres, centres.rows())));
    }

    @Override
    public TrainedDetector read(Tensors tensors) {
      return new ClusterDetector(ReferenceRows.of(tensors.get("centres")));
    }
  }
}
