package dev.eddy.evaluation.quality;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QualityJudgeTest {
  private static final RecordTable TRAINING = Tables.draw(600, 1);
  private static final RecordTable HELD_OUT = Tables.draw(400, 2);
  private static final QualityJudge JUDGE =
      requireNonNull(
          QualityJudge.of(TRAINING, HELD_OUT, new QualityJudge.Limits(1_000, 200, 1_000), 5));

  private static RecordTable withLabelsOfOthers(RecordTable table) {
    String[] labels = new String[table.rows()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = table.labels()[(i + 1) % labels.length];
    }
    return new RecordTable(
        table.numberNames(), table.categoryNames(), table.numbers(), table.categories(), labels);
  }

  @Test
  void findsFreshRealRowsAsGoodAsReal() {
    QualityReport report = JUDGE.judge(Tables.draw(600, 3));

    assertThat(report.fidelity().columnShapes()).isGreaterThan(0.93);
    assertThat(report.fidelity().pairTrends()).isGreaterThan(0.88);
    assertThat(report.fidelity().discriminativeAuc()).isBetween(0.4, 0.6);
    assertThat(requireNonNull(report.utility()).boosting().aucRatio()).isBetween(0.95, 1.05);
    assertThat(report.utility().logistic().aucRatio()).isBetween(0.97, 1.03);
    assertThat(report.utility().logistic().realAuc()).isGreaterThan(0.85);
    assertThat(report.coverage().found()).isGreaterThan(0.8);
    assertThat(report.privacy().copies()).isZero();
    assertThat(report.privacy().distanceRatio()).isBetween(0.7, 1.4);
    assertThat(report.privacy().closeShare()).isBetween(0.0, 0.15);
    assertThat(report.privacy().membershipAuc()).isCloseTo(0.5, within(0.1));
    assertThat(report.frechetDistance()).isLessThan(0.1);
  }

  @Test
  void findsCopiesOfTrainingRowsUsefulButNotPrivate() {
    QualityReport report = JUDGE.judge(TRAINING);

    assertThat(requireNonNull(report.utility()).boosting().aucRatio()).isEqualTo(1);
    assertThat(report.privacy().copies()).isEqualTo(1);
    assertThat(report.privacy().distanceRatio()).isZero();
    assertThat(report.privacy().closeShare()).isEqualTo(1);
    assertThat(report.privacy().membershipAuc()).isGreaterThan(0.95);
  }

  @Test
  void findsRowsWithWrongLabelsUseless() {
    QualityReport report = JUDGE.judge(withLabelsOfOthers(Tables.draw(600, 3)));

    assertThat(requireNonNull(report.utility()).boosting().aucRatio()).isLessThan(0.8);
    assertThat(report.fidelity().columnShapes()).isGreaterThan(0.93);
    assertThat(report.fidelity().discriminativeAuc()).isGreaterThan(0.55);
  }

  @Test
  void findsThatOneKindOfRecordsIsMissing() {
    RecordTable fresh = Tables.draw(900, 3);
    RecordTable low =
        fresh.select(
            IntStream.range(0, fresh.rows()).filter(i -> fresh.numbers()[i][0] < 0).toArray());

    QualityReport report = JUDGE.judge(low);

    assertThat(report.coverage().found()).isLessThan(0.8);
    assertThat(report.frechetDistance()).isGreaterThan(0.3);
  }

  @Test
  void saysWhatItCannotMeasure() {
    RecordTable one = TRAINING.ofClass("a");

    QualityReport report =
        requireNonNull(QualityJudge.of(one, HELD_OUT.ofClass("a"), QualityJudge.Limits.STREAM, 5))
            .judge(one);

    assertThat(report.utility()).isNull();
    assertThat(report.notes()).containsExactly("utility needs two classes, got [a]");
    assertThat(QualityJudge.of(one.atMost(49), one, QualityJudge.Limits.STREAM, 5)).isNull();
  }

  @Test
  void goesThroughJson() throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    QualityReport report = JUDGE.judge(Tables.draw(600, 3));

    assertThat(mapper.readValue(mapper.writeValueAsBytes(report), QualityReport.class))
        .isEqualTo(report);
  }
}
