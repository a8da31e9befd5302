package dev.eddy.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.definition.Detection;
import dev.eddy.definition.Detection.Part;
import dev.eddy.definition.Feature;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.definition.StreamDefinition.Context;
import dev.eddy.definition.StreamDefinition.Format;
import dev.eddy.definition.StreamDefinition.Source;
import dev.eddy.event.Coordinates;
import dev.eddy.event.Event;
import dev.eddy.feature.Observation;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DetectionEvaluationTest {
  private static final long SEED = 11;
  private static final StreamDefinition DEFINITION =
      StreamDefinition.of(
              "test",
              new Source("test", Format.JSON, null, null, List.of()),
              List.of(Feature.number("x"), Feature.number("y")))
          .withContext(Context.NONE)
          .withDetection(
              Detection.DEFAULT.withDetectors(
                  Set.of(Part.NEIGHBOURS, Part.HISTOGRAM, Part.COVARIANCE)));

  private final DetectionEvaluation evaluation =
      new DetectionEvaluation(ModelDevice.CPU, true, TrainingListener.NONE);

  /** A cloud of normal rows, and a share of rows that lie where {@code anomaly} says. */
  private static List<LabelledObservation> rows(int count, double anomaly) {
    SplittableRandom random = new SplittableRandom(SEED);
    List<LabelledObservation> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean anomalous = i % 20 == 0;
      double[] numbers = {random.nextGaussian(), random.nextGaussian()};
      if (anomalous) {
        numbers[0] = anomaly + numbers[0];
      }
      Event event = new Event(new Coordinates("t", 0, i), "all", i, numbers, new String[0], null);
      String labelClass = i % 40 == 0 ? "near" : "far";
      rows.add(
          new LabelledObservation(
              new Observation(event, new double[0]), anomalous ? labelClass : null));
    }
    return rows;
  }

  private DetectionReport run(Protocol protocol, List<LabelledObservation> rows) {
    return evaluation.run(DEFINITION, EvaluationSplit.of(protocol, 0.5, rows, SEED), SEED);
  }

  @Test
  void measuresAllPartsAndTheReferencesOnWhatWasNotLearnedFrom() {
    DetectionReport report = run(Protocol.ONE_CLASS, rows(2000, 8));

    assertThat(report.trainingRows()).isEqualTo(950);
    assertThat(report.testRows()).isEqualTo(1050);
    assertThat(report.testAnomalies()).isEqualTo(100);
    assertThat(report.fused().auroc()).isGreaterThan(0.99);
    assertThat(report.recallAtPrecision90()).isGreaterThan(0.9);
    assertThat(report.detectors()).containsKey("histogram.density").hasSizeGreaterThan(2);
    assertThat(report.references()).containsOnlyKeys("isolationForest", "kNN", "PCA");
    assertThat(report.references().get("kNN")).isNotNull().matches(of -> of.auroc() > 0.99);
    assertThat(report.recallByClass()).containsOnlyKeys("near", "far");
    assertThat(report.scoreRowsPerSecond()).isPositive();
  }

  @Test
  void cannotTellAnomaliesThatLieAmongNormalRows() {
    DetectionReport report = run(Protocol.ONE_CLASS, rows(2000, 0));

    assertThat(report.fused().auroc()).isBetween(0.4, 0.6);
  }

  @Test
  void keepsThePromisedRateOfFalseAlarmsOnNormalRowsThatWereHeldOut() {
    // given three trainings, because one in a thousand of the rows that calibrate are few
    StreamDefinition cheapest =
        DEFINITION.withDetection(
            Detection.DEFAULT.withDetectors(Set.of(Part.HISTOGRAM, Part.COVARIANCE)));
    DetectionEvaluation alone =
        new DetectionEvaluation(ModelDevice.CPU, false, TrainingListener.NONE);
    List<LabelledObservation> rows = rows(50_000, 8);
    Map<Double, Double> realised = new TreeMap<>();

    // when
    for (long seed = 0; seed < 3; seed++) {
      alone
          .run(cheapest, EvaluationSplit.of(Protocol.ONE_CLASS, 0, rows, seed), seed)
          .falseAlarms()
          .forEach(rate -> realised.merge(rate.promised(), rate.realised() / 3, Double::sum));
    }

    // then
    assertThat(realised.get(0.05)).isBetween(0.05 * 0.75, 0.05 * 1.25);
    assertThat(realised.get(0.01)).isBetween(0.01 * 0.75, 0.01 * 1.25);
    assertThat(realised.get(0.001)).isBetween(0.001 * 0.5, 0.001 * 1.5);
  }

  @Test
  void givesTheSameFiguresForTheSameSeed() {
    List<LabelledObservation> rows = rows(600, 3);

    DetectionReport first = run(Protocol.CONTAMINATED, rows);
    DetectionReport second = run(Protocol.CONTAMINATED, rows);

    assertThat(second.fused()).isEqualTo(first.fused());
    assertThat(second.detectors()).isEqualTo(first.detectors());
    assertThat(second.references()).isEqualTo(first.references());
  }

  @Test
  void refusesTooFewRows() {
    assertThatThrownBy(() -> run(Protocol.CONTAMINATED, rows(40, 8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 50 samples");
  }
}
