package dev.eddy.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class DetectionMetricsTest {
  private static final Offset<Double> ROUNDING = within(1e-12);

  /** The example of scikit-learn's own pages: AUROC 0.75, average precision 0.8333. */
  private static final List<LabelledScore> FOUR =
      List.of(scored(0.1, false), scored(0.4, false), scored(0.35, true), scored(0.8, true));

  /** Two at 3 (one anomalous), two at 2 (one anomalous), one normal at 1. */
  private static final List<LabelledScore> TIES =
      List.of(
          scored(3, true), scored(3, false), scored(2, true), scored(2, false), scored(1, false));

  @Test
  void aurocCountsThePairsInRightOrder() {
    assertThat(DetectionMetrics.auroc(FOUR)).hasValue(0.75);
  }

  @Test
  void aurocCountsATieAsHalfAPair() {
    // the anomaly at 3 wins 1/2 + 1 + 1, the one at 2 wins 0 + 1/2 + 1, of six pairs
    assertThat(DetectionMetrics.auroc(TIES).orElseThrow()).isCloseTo(4.0 / 6, ROUNDING);
  }

  @Test
  void averagePrecisionWeightsPrecisionByAddedRecall() {
    assertThat(DetectionMetrics.averagePrecision(FOUR).orElseThrow())
        .isCloseTo(0.5 * 1 + 0.5 * (2.0 / 3), ROUNDING);
  }

  @Test
  void averagePrecisionTakesATieAsOneStep() {
    assertThat(DetectionMetrics.averagePrecision(TIES).orElseThrow())
        .isCloseTo(0.5 * (1.0 / 2) + 0.5 * (2.0 / 4), ROUNDING);
  }

  @Test
  void figuresDoNotDependOnTheOrderOfTheRecords() {
    Random random = new Random(11);
    List<LabelledScore> scores = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      scores.add(scored(random.nextInt(20), random.nextInt(5) == 0));
    }
    double auroc = DetectionMetrics.auroc(scores).orElseThrow();
    double averagePrecision = DetectionMetrics.averagePrecision(scores).orElseThrow();

    Collections.shuffle(scores, random);

    assertThat(DetectionMetrics.auroc(scores)).hasValue(auroc);
    assertThat(DetectionMetrics.averagePrecision(scores)).hasValue(averagePrecision);
  }

  @Test
  void figuresDoNotChangeUnderAMonotoneMap() {
    List<LabelledScore> mapped =
        FOUR.stream().map(s -> scored(Math.exp(5 * s.score()), s.anomalous())).toList();

    assertThat(DetectionMetrics.auroc(mapped)).isEqualTo(DetectionMetrics.auroc(FOUR));
    assertThat(DetectionMetrics.averagePrecision(mapped))
        .isEqualTo(DetectionMetrics.averagePrecision(FOUR));
  }

  @Test
  void hasNoFigureWithoutRecords() {
    assertThat(DetectionMetrics.auroc(List.of())).isEmpty();
    assertThat(DetectionMetrics.averagePrecision(List.of())).isEmpty();
    assertThat(DetectionMetrics.recallAtPrecision(List.of(), 0.5)).isEmpty();
    assertThat(DetectionMetrics.episodeRecall(List.of(), 0)).isEmpty();
    assertThat(DetectionMetrics.precision(List.of(), 0)).isEmpty();
  }

  @Test
  void hasOnlyTheFiguresThatOneKindOfRecordAllows() {
    List<LabelledScore> anomalies = List.of(scored(1, true), scored(2, true));
    List<LabelledScore> normals = List.of(scored(1, false), scored(2, false));

    assertThat(DetectionMetrics.auroc(anomalies)).isEmpty();
    assertThat(DetectionMetrics.auroc(normals)).isEmpty();
    assertThat(DetectionMetrics.averagePrecision(anomalies)).hasValue(1);
    assertThat(DetectionMetrics.averagePrecision(normals)).isEmpty();
    assertThat(DetectionMetrics.falseAlarmRate(anomalies, 1)).isEmpty();
  }

  @Test
  void recallAtPrecisionTakesTheLowestThresholdThatIsPreciseEnough() {
    // thresholds 0.8, 0.4, 0.35, 0.1 have precision 1, 1/2, 2/3, 1/2 and recall 1/2, 1/2, 1, 1
    assertThat(DetectionMetrics.recallAtPrecision(FOUR, 1)).hasValue(0.5);
    assertThat(DetectionMetrics.recallAtPrecision(FOUR, 0.6)).hasValue(1);
    assertThat(DetectionMetrics.recallAtPrecision(TIES, 0.9)).hasValue(0);
  }

  @Test
  void refusesAPrecisionThatIsNone() {
    assertThatThrownBy(() -> DetectionMetrics.recallAtPrecision(FOUR, 0))
        .hasMessage("precision must be in (0, 1], got 0.0");
  }

  @Test
  void countsWhatAThresholdReportsAndMisses() {
    assertThat(DetectionMetrics.recall(FOUR, 0.4)).hasValue(0.5);
    assertThat(DetectionMetrics.precision(FOUR, 0.4)).hasValue(0.5);
    assertThat(DetectionMetrics.falseAlarmRate(FOUR, 0.4)).hasValue(0.5);
    assertThat(DetectionMetrics.precision(FOUR, 0.9)).isEmpty();
  }

  @Test
  void breaksRecallDownByGroupAndByEpisode() {
    List<LabelledScore> scores =
        List.of(
            new LabelledScore(5, true, "disk-1"),
            new LabelledScore(1, true, "disk-1"),
            new LabelledScore(1, true, "disk-2"),
            new LabelledScore(9, false, "disk-2"),
            scored(9, true));

    assertThat(DetectionMetrics.recallByGroup(scores, 2))
        .isEqualTo(Map.of("disk-1", 0.5, "disk-2", 0.0));
    assertThat(DetectionMetrics.episodeRecall(scores, 2)).hasValue(0.5);
  }

  @Test
  void refusesAScoreThatHasNoPlaceInAnOrder() {
    assertThatThrownBy(() -> scored(Double.NaN, true))
        .hasMessage("score must be a number, got NaN");
  }

  private static LabelledScore scored(double score, boolean anomalous) {
    return LabelledScore.of(score, anomalous);
  }
}
