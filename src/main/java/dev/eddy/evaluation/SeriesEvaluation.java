package dev.eddy.evaluation;

import static java.util.Objects.requireNonNull;

import dev.eddy.definition.StreamDefinition;
import dev.eddy.feature.Encoder;
import dev.eddy.feature.Observation;
import dev.eddy.feature.Sample;
import dev.eddy.feature.Sample.Truth;
import dev.eddy.model.DeviceListener;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.TrainingListener;
import dev.eddy.scoring.DetectionModel;
import dev.eddy.scoring.DetectionTrainer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * Many entities as one stream: one ensemble learns from the first rows of each of them, as the
 * trainer's would, and scores all rows. What is usual for an entity its context tells.
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
   * Runs one evaluation, of the ensemble that the definition asks for.
   *
   * @param rows of all entities, those of one entity in their order
   * @param learn says how many rows to learn from of an entity that has so many
   * @param truth what is known of the rows to learn from
   * @throws IllegalArgumentException if the rows to learn from are too few, or all equal
   */
  public SeriesReport run(
      StreamDefinition definition,
      List<LabelledObservation> rows,
      IntUnaryOperator learn,
      Truth truth,
      long seed) {
    long start = System.nanoTime();
    Collection<List<LabelledObservation>> entities = byEntity(rows);
    List<Sample> samples = new ArrayList<>();
    for (List<LabelledObservation> entity : entities) {
      entity.subList(0, learn.applyAsInt(entity.size())).stream()
          .map(row -> new Sample(row.observation(), truth, null))
          .forEach(samples::add);
    }
    Encoder encoder = Encoder.fit(definition, samples.stream().map(Sample::observation).toList());
    DetectionModel model =
        new DetectionTrainer(definition.detection(), DeviceListener.NONE, progress)
            .train(encoder, samples, seed, device);
    double trainSeconds = (System.nanoTime() - start) / 1e9;
    List<SeriesScores> series = new ArrayList<>();
    PooledRows pooled = new PooledRows(rows.size());
    for (List<LabelledObservation> entity : entities) {
      List<Observation> observations =
          entity.stream().map(LabelledObservation::observation).toList();
      ScoredRows scores =
          ScoredRows.once(model, DetectionEvaluation.encode(encoder, observations), device);
      int learned = learn.applyAsInt(entity.size());
      pooled.add(entity, learned, scores);
      series.add(SeriesScores.of(entity, learned, scores.fused()));
    }
    return new SeriesReport(
        series, trainSeconds, pooled.rowsPerSecond(), pooled.quality(), pooled.qualities());
  }

  private static Collection<List<LabelledObservation>> byEntity(List<LabelledObservation> rows) {
    Map<String, List<LabelledObservation>> entities = new LinkedHashMap<>();
    for (LabelledObservation row : rows) {
      entities
          .computeIfAbsent(row.observation().event().entity(), entity -> new ArrayList<>())
          .add(row);
    }
    return entities.values();
  }
}
