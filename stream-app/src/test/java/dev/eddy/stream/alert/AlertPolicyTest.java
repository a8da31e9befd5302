package dev.eddy.stream.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.definition.StreamDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AlertPolicyTest {
  private static final double THRESHOLD = 10;
  private static final Duration COOLDOWN = Duration.ofSeconds(10);

  private final AlertPolicy policy = new AlertPolicy(COOLDOWN);
  private AlertState state = AlertState.CALM;

  @Test
  void raisesOnASingleScoreAtTheThresholdAndNotBelow() {
    assertThat(raises(0, 9.99)).isFalse();
    assertThat(raises(1, THRESHOLD)).isTrue();
  }

  @Test
  void raisesWhenTheSumOfWhatUnusualRecordsExceedReachesTheLimit() {
    // by hand: each adds 7.5 - 2.5 = 5, and the limit is 2.5 * 10
    assertThat(raisesOf(7.5, 7.5, 7.5, 7.5, 7.5)).containsExactly(false, false, false, false, true);
  }

  @Test
  void letsOrdinaryRecordsTakeTheSumDownAgain() {
    assertThat(raisesOf(7.5, 7.5, 7.5, 7.5, 0, 7.5, 7.5))
        .containsExactly(false, false, false, false, false, false, true);
    assertThat(raisesOf(7.5, 0, 0, 7.5, 0, 0, 7.5)).containsOnly(false);
  }

  @Test
  void countsOneRecordForNoMoreThanTheThreshold() {
    raises(0, 1e6);

    assertThat(state.evidence()).isEqualTo(7.5);
  }

  @Test
  void doesNotCallAnOrdinaryRecordAnomalousWhateverCameBefore() {
    for (int i = 0; i < 20; i++) {
      raises(i, 9);
    }
    long last = state.lastAnomalous();

    raises(1_000, 0);

    assertThat(state.lastAnomalous()).isEqualTo(last);
  }

  @Test
  void keepsWithinTheBudgetOnNormalRecords() {
    int budget = 20;
    var threshold =
        new AlertThreshold(
            new StreamDefinition.Alerts(budget, Duration.ofDays(1), Duration.ofSeconds(2)));
    threshold.rate(0, 60); // one record a second
    long seed = 3;
    Random random = new Random(seed);
    int days = 30;
    int alerts = 0;
    for (long second = 0; second < days * 86_400L; second++) {
      double score = -Math.log(1 - random.nextDouble()); // what a p-value that holds gives
      AlertPolicy.Verdict verdict =
          policy.judge(state, second * 1_000, second, score, threshold.current());
      state = verdict.next();
      alerts += verdict.raises() ? 1 : 0;
    }

    // half of the budget is for single records: 300, give or take two deviations of 17; the other
    // half is for what lasts, of which independent records have nothing
    assertThat(alerts).as("alerts in %d days, seed %d", days, seed).isBetween(265, 335);
    assertThat(alerts).isLessThanOrEqualTo(days * budget);
  }

  @Test
  void endsALongExcursionWithinTensOfRecords() {
    for (int i = 0; i < 10_000; i++) {
      raises(i, 9);
    }
    for (int i = 0; i < 20; i++) {
      raises(20_000 + i * 1_000L, 1);
    }

    assertThat(state).isEqualTo(AlertState.calm(7.5)); // 37.5 - 20 * 1.5
  }

  @Test
  void forgetsAnEntityThatBehavesAgain() {
    raises(0, THRESHOLD);
    for (int i = 1; i <= 5; i++) {
      raises(i * 1_000L, 0);
    }
    assertThat(state).isEqualTo(new AlertState(0, 0, 0, false)); // the excursion is not over yet

    raises(10_001, 0);

    assertThat(state).isEqualTo(AlertState.CALM);
  }

  @Test
  void isQuietUpToTheEndOfTheCooldownAndNotLonger() {
    raises(0, THRESHOLD);

    assertThat(raises(10_000, THRESHOLD)).isFalse();
    assertThat(raises(20_001, THRESHOLD)).isTrue();
  }

  @Test
  void raisesOnceMoreWhenAWarningBecomesCritical() {
    double critical = THRESHOLD + 4.7; // a hundred times rarer is ln 100 = 4.605 more

    assertThat(call(7_000, THRESHOLD)).isEqualTo(AlertPolicy.Call.OPENS);
    assertThat(call(8_000, THRESHOLD + 4.5)).isEqualTo(AlertPolicy.Call.NONE);
    assertThat(call(9_000, critical)).isEqualTo(AlertPolicy.Call.ESCALATES);
    assertThat(state.opened()).as("the excursion is still the first alert's").isEqualTo(7_000);
    assertThat(call(10_000, critical + 9)).isEqualTo(AlertPolicy.Call.NONE);
    assertThat(call(30_000, critical)).isEqualTo(AlertPolicy.Call.OPENS);
    assertThat(call(31_000, critical)).isEqualTo(AlertPolicy.Call.NONE);
  }

  @Test
  void countsALateRecordToTheExcursionThatItIsNearTo() {
    raises(100_000, THRESHOLD);

    assertThat(raises(95_000, THRESHOLD)).isFalse();
    assertThat(state.lastAnomalous()).isEqualTo(100_000);
  }

  @Test
  void doesNotMuteAnEntityForYearsAfterARecordFromTheFuture() {
    raises(4_000_000_000_000L, THRESHOLD);
    raises(1_000, 0);

    assertThat(raises(2_000, THRESHOLD)).isTrue();
    assertThat(raises(3_000, THRESHOLD)).isFalse();
  }

  @Test
  void keepsItsStateInBytes() {
    var kept = new AlertState(12.5, -5, 1L << 40, true);

    assertThat(AlertState.fromBytes(kept.toBytes())).isEqualTo(kept);
  }

  private List<Boolean> raisesOf(double... scores) {
    state = AlertState.CALM;
    List<Boolean> raised = new ArrayList<>();
    for (double score : scores) {
      raised.add(raises(raised.size(), score));
    }
    return raised;
  }

  private boolean raises(long timestamp, double score) {
    return call(timestamp, score) != AlertPolicy.Call.NONE;
  }

  private AlertPolicy.Call call(long timestamp, double score) {
    AlertPolicy.Verdict verdict = policy.judge(state, timestamp, timestamp, score, THRESHOLD);
    state = verdict.next();
    return verdict.call();
  }
}
