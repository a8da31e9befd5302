package dev.eddy.evaluation;

import static java.util.Objects.requireNonNull;

import dev.eddy.definition.StreamDefinition;
import dev.eddy.feature.Encoder;
import dev.eddy.feature.FeatureMatrix;
import dev.eddy.feature.Observation;
import dev.eddy.feature.Sample;
import dev.eddy.feature.Sample.Truth;
import dev.eddy.model.DeviceListener;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.TrainingListener;
import dev.eddy.scoring.BaselineScorer;
import dev.eddy.scoring.DetectionModel;
import dev.eddy.scoring.DetectionTrainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * Each entity by itself, as a stream: the ensemble learns from its first rows, which are taken for
 * normal, and scores all of them one by one in their order, with the baselines beside it.
 */
public final class SeriesEvaluation {
  private final ModelDevice device;
  private final TrainingListener progress;

  /** Makes an evaluation; it keeps no state between runs. */
  public SeriesEvaluation(ModelDevice device, TrainingListener progress) {
    this.device = requireNonNull(device, "device").resolved();
    this.progress = requireNonNull(progress, "progress");
  }

  /** Returns where it runs. */
  public ModelDevice device() {
    return device;
  }

  /**
   * Runs one evaluation.
   *
   * @param learn says how many rows to learn from of an entity that has so many
   * @throws IllegalArgumentException if these are too few to learn from, or all equal
   */
  public List<SeriesScores> run(LabelledTable table, IntUnaryOperator learn, long seed) {
    Map<String, List<LabelledObservation>> series = new LinkedHashMap<>();
    for (LabelledObservation row : table.rows()) {
      series
          .computeIfAbsent(row.observation().event().entity(), entity -> new ArrayList<>())
          .add(row);
    }
    List<SeriesScores> scores = new ArrayList<>();
    series.forEach(
        (entity, rows) ->
            scores.add(run(table.definition(), entity, rows, learn.applyAsInt(rows.size()), seed)));
    return scores;
  }

  private SeriesScores run(
      StreamDefinition definition,
      String entity,
      List<LabelledObservation> rows,
      int learned,
      long seed) {
    List<Observation> observations = rows.stream().map(LabelledObservation::observation).toList();
    Map<String, double[]> opinions =
        new LinkedHashMap<>(model(definition, observations, learned, seed));
    opinions.put(SeriesScores.BASELINE, baseline(definition, observations));
    boolean[] truth = new boolean[rows.size()];
    for (int row = 0; row < truth.length; row++) {
      truth[row] = rows.get(row).anomalous();
    }
    return new SeriesScores(entity, learned, truth, opinions);
  }

  /** Returns what the model says; nothing where the rows to learn from are all equal. */
  private Map<String, double[]> model(
      StreamDefinition definition, List<Observation> observations, int learned, long seed) {
    List<Observation> first = observations.subList(0, learned);
    Encoder encoder = Encoder.fit(definition, first);
    FeatureMatrix rows = DetectionEvaluation.encode(encoder, observations);
    if (allEqual(rows, learned)) {
      return Map.of();
    }
    List<Sample> samples =
        first.stream().map(observation -> new Sample(observation, Truth.NORMAL, null)).toList();
    DetectionModel model =
        new DetectionTrainer(definition.detection(), DeviceListener.NONE, progress)
            .train(encoder, samples, seed, device);
    ScoredRows scored = ScoredRows.once(model, rows, device);
    Map<String, double[]> opinions = new LinkedHashMap<>();
    opinions.put(SeriesScores.MODEL, scored.fused());
    opinions.putAll(scored.detectors());
    return opinions;
  }

  private static boolean allEqual(FeatureMatrix rows, int count) {
    for (int row = 1; row < count; row++) {
      if (!Arrays.equals(rows.row(row), rows.row(0))) {
        return false;
      }
    }
    return true;
  }

  private static double[] baseline(StreamDefinition definition, List<Observation> observations) {
    BaselineScorer baseline = BaselineScorer.of(definition);
    return observations.stream().mapToDouble(of -> baseline.score(of).score()).toArray();
  }
}
