package dev.eddy.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.eddy.definition.StreamDefinition.Context;
import dev.eddy.feature.ContextLayout;
import dev.eddy.feature.EntityContext;
import dev.eddy.feature.Observation;
import dev.eddy.scoring.BaselineScorer.BaselineScore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BaselineScorerTest {
  private static final long SEED = 23;
  private final ToyStream stream = new ToyStream(SEED);
  private final BaselineScorer scorer = BaselineScorer.of(ToyStream.DEFINITION);

  @Test
  void saysNothingBeforeItHasSeenEnough() {
    for (int i = 0; i < BaselineScorer.UNKNOWN + OnlineCalibration.SILENT; i++) {
      BaselineScore score = scorer.score(stream.ordinary());
      assertThat(score.score()).as("record %d", i).isZero();
      assertThat(score.detectors().values()).containsOnly(0.0);
    }
    learn(OnlineCalibration.SILENT);
    assertThat(scorer.isCalibrated()).isTrue();
  }

  @Test
  void takesNoOrdinaryRecordForImpossibleWhenItBeginsToSpeak() {
    for (long seed = 0; seed < 20; seed++) {
      BaselineScorer fresh = BaselineScorer.of(ToyStream.DEFINITION);
      ToyStream own = new ToyStream(seed);
      int odd = 0;
      for (int i = 0; i < 400; i++) {
        double score = fresh.score(own.ordinary()).score();
        assertThat(score).as("record %d, seed %d", i, seed).isLessThan(9);
        odd += score > -Math.log(0.01) ? 1 : 0;
      }
      assertThat(odd).as("of the first 400 at p = 0.01, seed %d", seed).isLessThan(16);
    }
  }

  @Test
  void findsWhatIsOddOnceItHasSeenEnough() {
    learn(1000);

    BaselineScore wrong = scorer.score(stream.observation(20, "chat", 2000, 30));
    BaselineScore rare = scorer.score(stream.observation(20, "smtp", 2000, 2));
    BaselineScore missing = scorer.score(stream.observation(Double.NaN, "chat", 2000, 2));

    assertThat(wrong.score()).isGreaterThan(-Math.log(0.01));
    assertThat(rare.score()).isGreaterThan(-Math.log(0.05));
    assertThat(missing.score()).isGreaterThan(-Math.log(0.05));
  }

  @Test
  void callsFewOrdinaryRecordsOdd() {
    learn(500);
    int odd = 0;
    for (int i = 0; i < 2000; i++) {
      odd += scorer.score(stream.ordinary()).score() > -Math.log(0.01) ? 1 : 0;
    }

    assertThat(odd).as("of 2000 at p = 0.01, seed %d", SEED).isBetween(3, 50);
  }

  @Test
  void givesTheSameScoresForTheSameRecords() {
    List<BaselineScore> first = scores();
    List<BaselineScore> again = scores();

    assertThat(again).isEqualTo(first);
  }

  @Test
  void measuresAgainstTheEntitysOwnPastWhereItIsKnown() {
    Context context = Context.of(200, 0, List.of());
    var definition = ToyStream.definition(context);
    BaselineScorer contextual = BaselineScorer.of(definition);
    EntityContext steady = EntityContext.empty(ContextLayout.of(definition));
    EntityContext high = EntityContext.empty(ContextLayout.of(definition));
    for (int i = 0; i < 600; i++) {
      contextual.score(steady.observe(stream.ordinary().event()));
      contextual.score(
          high.observe(stream.observation(20, "chat", 2000, 50 + 0.1 * (i % 7)).event()));
    }

    // 50 is what the other entity always has, so that only this one's past makes it odd
    Observation odd = steady.observe(stream.observation(20, "chat", 2000, 50).event());

    assertThat(contextual.score(odd).detectors().get("baseline.deviation"))
        .isGreaterThan(-Math.log(0.005));
    assertThat(contextual.explain(odd).contributions().get(0).feature()).isEqualTo("duration");
  }

  @Test
  void explainsByFieldWithWhatTheStreamHasOtherwise() {
    learn(1000);

    List<Contribution> contributions =
        scorer.explain(stream.observation(20, "chat", 2000, 30)).contributions();

    assertThat(contributions).hasSize(4);
    assertThat(contributions.get(0).feature()).isEqualTo("duration");
    assertThat(contributions.get(0).value()).isEqualTo("30");
    assertThat(Double.parseDouble(String.valueOf(contributions.get(0).expected())))
        .isCloseTo(2, within(0.1));
    assertThat(contributions.stream().mapToDouble(Contribution::contribution).sum())
        .isCloseTo(1, within(1e-9));
    assertThat(contributions)
        .filteredOn(c -> c.feature().equals("protocol"))
        .extracting(Contribution::expected)
        .containsExactly("chat");
  }

  private List<BaselineScore> scores() {
    ToyStream own = new ToyStream(SEED);
    BaselineScorer fresh = BaselineScorer.of(ToyStream.DEFINITION);
    List<BaselineScore> scores = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      scores.add(fresh.score(own.ordinary()));
    }
    return scores;
  }

  private void learn(int records) {
    for (int i = 0; i < records; i++) {
      scorer.score(stream.ordinary());
    }
  }
}
