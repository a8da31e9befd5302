package dev.eddy.evaluation;

import static java.util.Objects.requireNonNull;

import dev.eddy.definition.StreamDefinition;
import dev.eddy.feature.Encoder;
import dev.eddy.feature.FeatureMatrix;
import dev.eddy.feature.Observation;
import dev.eddy.feature.Sample;
import dev.eddy.model.DeviceListener;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.TrainingListener;
import dev.eddy.scoring.DetectionModel;
import dev.eddy.scoring.DetectionTrainer;
import dev.eddy.scoring.ReferenceMethods;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Trains the ensemble on one side of a split, as the trainer does, and measures it on the other.
 * The same rows, settings and seed give the same figures on the CPU, but for the two of time.
 */
public final class DetectionEvaluation {
  private static final double[] PROMISES = {0.05, 0.01, 0.001};

  private final ModelDevice device;
  private final boolean references;
  private final TrainingListener progress;

  /**
   * Makes an evaluation; it keeps no state between runs.
   *
   * @param references whether well-known methods are measured beside the ensemble
   */
  public DetectionEvaluation(ModelDevice device, boolean references, TrainingListener progress) {
    this.device = requireNonNull(device, "device").resolved();
    this.references = references;
    this.progress = requireNonNull(progress, "progress");
  }

  /**
   * Runs one evaluation, of the ensemble that the definition asks for.
   *
   * @throws IllegalArgumentException if the rows to learn from are too few, or all equal
   */
  public DetectionReport run(StreamDefinition definition, EvaluationSplit split, long seed) {
    long start = System.nanoTime();
    List<Observation> training = split.training().stream().map(Sample::observation).toList();
    Encoder encoder = Encoder.fit(definition, training);
    DetectionModel model =
        new DetectionTrainer(definition.detection(), DeviceListener.NONE, progress)
            .train(encoder, split.training(), seed, device);
    double trainSeconds = (System.nanoTime() - start) / 1e9;
    FeatureMatrix rows =
        encode(encoder, split.test().stream().map(LabelledObservation::observation).toList());
    ScoredRows scored = ScoredRows.of(model, rows, device);
    boolean[] truth = truth(split.test());
    Map<String, Quality> detectors = new LinkedHashMap<>();
    scored.detectors().forEach((name, scores) -> detectors.put(name, Quality.of(scores, truth)));
    List<LabelledScore> fused = labelled(scored.fused(), split.test());
    return new DetectionReport(
        training.size(),
        truth.length,
        (int) split.test().stream().filter(LabelledObservation::anomalous).count(),
        split.labelledAnomalies(),
        device,
        trainSeconds,
        scored.rowsPerSecond(),
        Quality.of(scored.fused(), truth),
        DetectionMetrics.recallAtPrecision(fused, 0.9).orElse(Double.NaN),
        detectors,
        references
            ? references(encode(encoder, shuffled(training, seed)), rows, truth, seed)
            : Map.of(),
        falseAlarms(fused),
        DetectionMetrics.recallByGroup(fused, -Math.log(DetectionReport.ALARM)));
  }

  static FeatureMatrix encode(Encoder encoder, List<Observation> observations) {
    FeatureMatrix encoded = new FeatureMatrix(encoder.width(), Math.max(1, observations.size()));
    observations.forEach(observation -> encoder.encode(observation, encoded));
    return encoded;
  }

  private static List<Observation> shuffled(List<Observation> observations, long seed) {
    List<Observation> shuffled = new ArrayList<>(observations);
    Collections.shuffle(shuffled, new Random(seed));
    return shuffled;
  }

  private static boolean[] truth(List<LabelledObservation> rows) {
    boolean[] truth = new boolean[rows.size()];
    for (int row = 0; row < truth.length; row++) {
      truth[row] = rows.get(row).anomalous();
    }
    return truth;
  }

  private static List<LabelledScore> labelled(double[] scores, List<LabelledObservation> rows) {
    List<LabelledScore> labelled = new ArrayList<>(scores.length);
    for (int row = 0; row < scores.length; row++) {
      LabelledObservation of = rows.get(row);
      labelled.add(new LabelledScore(scores[row], of.anomalous(), of.labelClass()));
    }
    return labelled;
  }

  private static Map<String, Quality> references(
      FeatureMatrix training, FeatureMatrix test, boolean[] truth, long seed) {
    Map<String, Quality> qualities = new LinkedHashMap<>();
    ReferenceMethods.score(training, test, seed)
        .forEach((name, scores) -> qualities.put(name, Quality.of(scores, truth)));
    return qualities;
  }

  private static List<FalseAlarms> falseAlarms(List<LabelledScore> fused) {
    List<FalseAlarms> rates = new ArrayList<>();
    for (double promised : PROMISES) {
      DetectionMetrics.falseAlarmRate(fused, -Math.log(promised))
          .ifPresent(realised -> rates.add(new FalseAlarms(promised, realised)));
    }
    return rates;
  }
}
