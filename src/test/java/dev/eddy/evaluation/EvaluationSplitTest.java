package dev.eddy.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.event.Coordinates;
import dev.eddy.event.Event;
import dev.eddy.feature.Observation;
import dev.eddy.feature.Sample;
import dev.eddy.feature.Sample.Truth;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluationSplitTest {
  private static final long SEED = 3;

  /** A hundred rows, every tenth of them anomalous. */
  private final List<LabelledObservation> rows = rows(100);

  private static List<LabelledObservation> rows(int count) {
    List<LabelledObservation> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Event event =
          new Event(new Coordinates("t", 0, i), "all", i, new double[] {i}, new String[0], null);
      rows.add(
          new LabelledObservation(
              new Observation(event, new double[0]), i % 10 == 0 ? "odd" : null));
    }
    return rows;
  }

  private static long offset(Observation observation) {
    return observation.event().coordinates().offset();
  }

  @Test
  void hidesTheLabelsOfContaminatedRowsAndDividesBothKindsAlike() {
    EvaluationSplit split = EvaluationSplit.of(Protocol.CONTAMINATED, 0.5, rows, SEED);

    assertThat(split.training()).hasSize(70).allMatch(row -> row.truth() == Truth.UNKNOWN);
    assertThat(split.test()).hasSize(30);
    assertThat(split.test().stream().filter(LabelledObservation::anomalous)).hasSize(3);
    assertThat(split.training()).extracting(row -> offset(row.observation())).isSorted();
  }

  @Test
  void learnsFromHalfOfTheNormalRowsAloneInOneClass() {
    EvaluationSplit split = EvaluationSplit.of(Protocol.ONE_CLASS, 0.5, rows, SEED);

    assertThat(split.training()).hasSize(45).allMatch(row -> row.truth() == Truth.NORMAL);
    assertThat(split.training()).noneMatch(row -> offset(row.observation()) % 10 == 0);
    assertThat(split.test().stream().filter(LabelledObservation::anomalous)).hasSize(10);
    assertThat(split.test()).hasSize(55);
  }

  @Test
  void namesTheAskedShareOfTheTrainingAnomaliesRoundedUp() {
    EvaluationSplit split = EvaluationSplit.of(Protocol.LABELLED, 0.2, rows, SEED);

    assertThat(split.labelledAnomalies()).isEqualTo(2); // of seven
    assertThat(split.training())
        .filteredOn(row -> row.truth() == Truth.ANOMALOUS)
        .allMatch(row -> "odd".equals(row.labelClass()) && offset(row.observation()) % 10 == 0);
    assertThat(split.training())
        .filteredOn(row -> row.truth() != Truth.ANOMALOUS)
        .allMatch(row -> row.truth() == Truth.UNKNOWN && row.labelClass() == null);
  }

  @Test
  void usesEachRowOnceAndDividesAnotherWayByAnotherSeed() {
    EvaluationSplit split = EvaluationSplit.of(Protocol.CONTAMINATED, 0.5, rows, SEED);
    List<Long> used = new ArrayList<>();
    split.training().stream().map(Sample::observation).forEach(row -> used.add(offset(row)));
    split.test().forEach(row -> used.add(offset(row.observation())));

    assertThat(used).doesNotHaveDuplicates().hasSize(100);
    assertThat(EvaluationSplit.of(Protocol.CONTAMINATED, 0.5, rows, SEED)).isEqualTo(split);
    assertThat(EvaluationSplit.of(Protocol.CONTAMINATED, 0.5, rows, SEED + 1)).isNotEqualTo(split);
  }

  @ParameterizedTest
  @CsvSource({"11,1", "21,1", "31,1", "41,1", "51,1", "71,2", "1,0"})
  void measuresOnAtLeastOneOfTwoAnomaliesOrMore(int count, int measuredOn) {
    EvaluationSplit split = EvaluationSplit.of(Protocol.CONTAMINATED, 0.5, rows(count), SEED);

    assertThat(split.test().stream().filter(LabelledObservation::anomalous)).hasSize(measuredOn);
  }

  @Test
  void learnsFromTheWholeFileWhereAnotherIsMeasuredOn() {
    List<LabelledObservation> test = rows(20);

    EvaluationSplit split = EvaluationSplit.of(Protocol.ONE_CLASS, 0.5, rows, test, SEED);

    assertThat(split.training()).hasSize(90);
    assertThat(split.test()).isEqualTo(test);
  }
}
