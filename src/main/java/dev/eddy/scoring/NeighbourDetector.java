package dev.eddy.scoring;

import dev.eddy.definition.Detection.Part;
import dev.eddy.feature.FeatureMatrix;
import dev.eddy.model.DeviceListener;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.Tensors;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * On contaminated data: the distance to the fifth nearest of 256 trusted training rows, ASINH. Few
 * rows and a fifth neighbour look over clusters of unlabelled anomalies, which a larger sample
 * would take for normal (Ramaswamy et al., SIGMOD 2000, for the k-th nearest neighbour).
 *
 * @see LocalNeighbourDetector
 */
final class NeighbourDetector implements TrainedDetector {
  static final DetectorFamily FAMILY = new Family();

  private static final int REFERENCE_ROWS = 256;
  private static final int NEIGHBOUR = 5;

  private final ReferenceRows reference;

  private NeighbourDetector(ReferenceRows reference) {
    this.reference = reference;
  }

  @Override
  public List<String> scoreNames() {
    return List.of(Family.SCORE);
  }

  @Override
  public Detector open(ModelDevice device, DeviceListener listener) {
    float[] distances = new float[reference.rows()];
    int[] nearest = new int[Math.min(NEIGHBOUR, reference.rows())];
    return Detector.of(
        scoreNames(), input -> new double[][] {score(input.asinh(), distances, nearest)});
  }

  private double[] score(FeatureMatrix asinh, float[] distances, int[] nearest) {
    double[] scores = new double[asinh.rows()];
    for (int row = 0; row < scores.length; row++) {
      reference.squaredDistances(asinh.values(), row * asinh.columns(), distances);
      reference.nearest(distances, nearest);
      scores[row] = Math.sqrt(distances[nearest[nearest.length - 1]]);
    }
    return scores;
  }

  @Override
  public Tensors tensors() {
    return Tensors.of(Map.of("asinh", reference.toTensor()));
  }

  private static final class Family implements DetectorFamily {
    private static final String SCORE = "neighbours.distance";

    @Override
    public Part part() {
      return Part.NEIGHBOURS;
    }

    @Override
    public Map<String, Double> weights(Mode mode) {
      return switch (mode) {
        case CONTAMINATED -> Map.of(SCORE, 1.0);
        case ONE_CLASS -> LocalNeighbourDetector.WEIGHTS;
      };
    }

    @Override
    public Optional<TrainedDetector> train(TrainingRows training, Mode mode, long seed) {
      DetectorInput rows = training.reference(mode);
      return Optional.of(
          switch (mode) {
            case CONTAMINATED ->
                new NeighbourDetector(new ReferenceRows(rows.asinh(), REFERENCE_ROWS));
            case ONE_CLASS -> LocalNeighbourDetector.train(training.standardizer(), rows);
          });
    }

    @Override
    public TrainedDetector read(Tensors tensors) {
      return tensors.contains("range")
          ? LocalNeighbourDetector.read(tensors)
          : new NeighbourDetector(ReferenceRows.of(tensors.get("asinh")));
    }
  }
}
