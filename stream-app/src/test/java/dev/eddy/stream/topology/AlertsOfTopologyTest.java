package dev.eddy.stream.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.eddy.schema.Alert;
import dev.eddy.schema.Reason;
import dev.eddy.schema.Severity;
import org.junit.jupiter.api.Test;

class AlertsOfTopologyTest {
  private static final long MINUTE = 60_000;
  private final FakeModel model = new FakeModel(1, ScoringFixture.encoder());

  @Test
  void saysWhatIsWrongWhereAndHowSure() {
    try (var hosts = ScoringFixture.with(2, model)) {
      hosts.pipe("host-1", 0, 1, 2);
      hosts.pipe("host-1", 200, 1_000, 2);

      assertThat(hosts.alerts()).hasSize(1);
      Alert alert = hosts.alerts().get(0);
      assertThat(alert.getId()).isEqualTo("telemetry-0-1");
      assertThat(alert.getEntity()).isEqualTo("host-1");
      assertThat(alert.getTimestamp()).isEqualTo(ScoringFixture.START + 200);
      assertThat(alert.getOffset()).isEqualTo(1);
      assertThat(alert.getScore()).isGreaterThan(100);
      assertThat(alert.getPValue()).isEqualTo(Math.exp(-alert.getScore()), within(1e-12));
      assertThat(alert.getSeverity()).isEqualTo(Severity.CRITICAL);
      assertThat(alert.getModelVersion()).isEqualTo("v000001");
      assertThat(alert.getDetectors()).containsKey("fake");
      assertThat(alert.getReasons()).extracting(Reason::getFeature).containsExactly("load", "disk");
      assertThat(alert.getSummary())
          .isEqualTo("host-1: load is 1,000, expected 1; disk is 2, expected 2");
      assertThat(hosts.task().sent("hosts.alerts").get(0).key())
          .isEqualTo("host-1".getBytes(UTF_8));
    }
  }

  @Test
  void asksForTheThresholdThatTheBudgetAllows() {
    try (var hosts = ScoringFixture.with(1, model)) {
      for (int i = 0; i < 301; i++) { // 100 a minute for three minutes
        hosts.pipe("host-1", i * 600L, 1, 2);
      }

      // half of 20 of 144,000 records a day
      assertThat(hosts.parts().threshold().current())
          .isEqualTo(-Math.log(10.0 / 144_000), within(0.02));
    }
  }

  @Test
  void raisesOneAlertAnExcursionAndAnotherAfterTheCooldown() {
    try (var hosts = ScoringFixture.with(1, model)) {
      hosts.pipe("host-1", 0, 1_000, 2);
      hosts.pipe("host-1", MINUTE, 1_000, 2); // the same excursion
      hosts.pipe("host-1", 10 * MINUTE, 1_000, 2); // still: the cooldown counts from the last one
      hosts.pipe("host-1", 19 * MINUTE, 1, 2);
      hosts.pipe("host-1", 21 * MINUTE, 1_000, 2); // a new one

      assertThat(hosts.alerts())
          .extracting(Alert::getId)
          .containsExactly("telemetry-0-0", "telemetry-0-4");
    }
  }

  @Test
  void raisesAnotherAlertWhenAWarningBecomesCritical() {
    try (var hosts = ScoringFixture.with(1, model)) {
      hosts.pipe("host-1", 0, 7, 2);
      hosts.pipe("host-1", 1_000, 1_000, 2);
      hosts.pipe("host-1", 2_000, 1_000, 2);

      assertThat(hosts.alerts())
          .extracting(Alert::getId, Alert::getSeverity, Alert::getEscalates)
          .containsExactly(
              tuple("telemetry-0-0", Severity.WARNING, null),
              tuple("telemetry-0-1", Severity.CRITICAL, "telemetry-0-0"));
    }
  }

  @Test
  void saysWhyAScoreBelowTheThresholdRaisesAnAlert() {
    try (var hosts = ScoringFixture.with(1, model)) {
      for (int i = 0; i < 20; i++) {
        hosts.pipe("host-1", i * 1_000L, 4.5, 2);
      }

      assertThat(hosts.alerts()).hasSize(1);
      Alert alert = hosts.alerts().get(0);
      assertThat(alert.getScore()).isLessThan(alert.getThreshold());
      assertThat(alert.getSummary()).endsWith("unusual together)");
    }
  }

  @Test
  void keepsTheCooldownsOfEntitiesApart() {
    try (var hosts = ScoringFixture.with(1, model)) {
      hosts.pipe("host-1", 0, 1_000, 2);
      hosts.pipe("host-2", 1, 1_000, 2);

      assertThat(hosts.alerts()).extracting(Alert::getEntity).containsExactly("host-1", "host-2");
    }
  }

  @Test
  void explainsNothingButWhatRaisesAnAlert() {
    try (var hosts = ScoringFixture.with(1, model)) {
      hosts.pipe("host-1", 0, 1_000, 2);
      hosts.pipe("host-1", 1, 1_000, 2);
      hosts.pipe("host-1", 2, 1, 2);

      assertThat(model.explanations()).isEqualTo(1);
    }
  }

  @Test
  void remembersExcursionsWhenTheTaskIsOpenedAgain() {
    try (var hosts = ScoringFixture.with(1, model)) {
      hosts.pipe("host-1", 0, 1_000, 2);

      hosts.task().reopen();
      hosts.pipe("host-1", MINUTE, 1_000, 2);

      assertThat(hosts.alerts()).hasSize(1);
      assertThat(hosts.task().sent("test-alert-state-changelog")).isNotEmpty();
    }
  }

  @Test
  void keepsTheRecordRateOfEachMinuteInItsStore() {
    try (var hosts = ScoringFixture.with(1, model)) {
      for (int i = 0; i < 100; i++) {
        hosts.pipe("host-1", i * 1_000L, 1, 2);
      }

      assertThat(hosts.task().sent("test-record-rate-changelog")).hasSize(1);
    }
  }

  @Test
  void raisesNothingForOrdinaryRecords() {
    try (var hosts = ScoringFixture.with(4, model)) {
      for (int i = 0; i < 100; i++) {
        hosts.pipe("host-" + i % 3, i * 200L, 1 + i % 2, 2);
      }

      assertThat(hosts.alerts()).isEmpty();
      assertThat(hosts.task().sent("test-alert-state-changelog")).isEmpty();
    }
  }
}
