package dev.eddy.scoring;

import dev.eddy.definition.Detection.Part;
import dev.eddy.feature.EncodedColumn.Kind;
import dev.eddy.feature.FeatureMatrix;
import dev.eddy.model.DeviceListener;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.Tensor;
import dev.eddy.model.Tensors;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The largest deviation from the entity's own past among all columns of its context, in typical
 * spreads of that column: finds the record that is ordinary for the stream but not for its entity.
 */
final class ContextDetector implements TrainedDetector {
  static final DetectorFamily FAMILY = new Family();

  private final float[] columns;

  private ContextDetector(float[] columns) {
    this.columns = columns;
  }

  @Override
  public List<String> scoreNames() {
    return List.of(Family.SCORE);
  }

  @Override
  public Detector open(ModelDevice device, DeviceListener listener) {
    return Detector.of(scoreNames(), input -> new double[][] {score(input.linear())});
  }

  private double[] score(FeatureMatrix linear) {
    double[] scores = new double[linear.rows()];
    for (float column : columns) {
      int place = (int) column;
      for (int row = 0; row < scores.length; row++) {
        scores[row] = Math.max(scores[row], Math.abs(linear.get(row, place)));
      }
    }
    return scores;
  }

  @Override
  public Tensors tensors() {
    return Tensors.of(Map.of("columns", Tensor.of(columns, columns.length)));
  }

  private static final class Family implements DetectorFamily {
    private static final String SCORE = "context.deviation";

    @Override
    public Part part() {
      return Part.CONTEXT;
    }

    @Override
    public Map<String, Double> weights(Mode mode) {
      return Map.of(SCORE, mode == Mode.CONTAMINATED ? 3.5 : 2.5);
    }

    @Override
    public Optional<TrainedDetector> train(TrainingRows training, Mode mode, long seed) {
      int[] places =
          IntStream.range(0, training.columns().size())
              .filter(column -> training.columns().get(column).kind() == Kind.CONTEXT)
              .toArray();
      float[] columns = new float[places.length];
      for (int i = 0; i < places.length; i++) {
        columns[i] = places[i];
      }
      return places.length == 0 ? Optional.empty() : Optional.of(new ContextDetector(columns));
    }

    @Override
    public TrainedDetector read(Tensors tensors) {
      return new ContextDetector(tensors.get("columns").values());
    }
  }
}
