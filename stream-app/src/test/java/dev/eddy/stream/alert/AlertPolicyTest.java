package dev.eddy.stream.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertPolicyTest {
  private static final double THRESHOLD = 10;
  private static final double SUSPICIOUS = 6;
  private static final Duration COOLDOWN = Duration.ofSeconds(10);

  private final AlertPolicy policy = new AlertPolicy(COOLDOWN);
  private AlertState state = AlertState.CALM;

  @Test
  void raisesOnASingleScoreAtTheThresholdAndNotBelow() {
    assertThat(raises(0, 9.99)).isFalse();
    assertThat(raises(1, THRESHOLD)).isTrue();
  }

  @Test
  void raisesOnTheFourthSuspiciousRecordOfTheLastFive() {
    List<Boolean> raised = new ArrayList<>();
    for (double score : new double[] {SUSPICIOUS, SUSPICIOUS, 0, SUSPICIOUS, SUSPICIOUS}) {
      raised.add(raises(raised.size(), score));
    }

    assertThat(raised).containsExactly(false, false, false, false, true);
  }

  @Test
  void raisesNothingOnThreeSuspiciousRecordsOfFive() {
    List<Boolean> raised = new ArrayList<>();
    for (double score : new double[] {SUSPICIOUS, 0, SUSPICIOUS, 0, SUSPICIOUS, 0, SUSPICIOUS}) {
      raised.add(raises(raised.size(), score));
    }

    assertThat(raised).containsOnly(false);
  }

  @Test
  void doesNotRaiseOnAnOrdinaryRecordWhateverCameBefore() {
    for (int i = 0; i < 3; i++) {
      raises(i, SUSPICIOUS);
    }

    assertThat(raises(3, 0)).isFalse();
  }

  @Test
  void forgetsAnEntityThatBehavesAgain() {
    raises(0, THRESHOLD);
    for (int i = 1; i <= 5; i++) {
      raises(i * 1_000L, 0);
    }
    assertThat(state).isEqualTo(new AlertState(0, 0)); // the excursion is not over yet

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
    var kept = new AlertState(0b10110, -5);

    assertThat(AlertState.fromBytes(kept.toBytes())).isEqualTo(kept);
  }

  private boolean raises(long timestamp, double score) {
    AlertPolicy.Verdict verdict = policy.judge(state, timestamp, score, THRESHOLD);
    state = verdict.next();
    return verdict.raises();
  }
}
