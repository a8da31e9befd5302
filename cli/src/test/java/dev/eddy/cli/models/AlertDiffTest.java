package dev.eddy.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.event.Coordinates;
import dev.eddy.schema.Severity;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertDiffTest {
  private static final Duration COOLDOWN = Duration.ofMillis(100);

  @Test
  void tellsWhichAlertsAppearVanishOrChangeTheirSeverity() {
    ReplayedAlert kept = alert("a", 1_000, Severity.WARNING);
    ReplayedAlert vanishing = alert("b", 1_000, Severity.WARNING);
    ReplayedAlert mild = alert("c", 1_000, Severity.WARNING);
    ReplayedAlert severe = alert("c", 1_000, Severity.CRITICAL);
    ReplayedAlert appearing = alert("d", 1_000, Severity.CRITICAL);

    AlertDiff diff =
        AlertDiff.of(List.of(kept, vanishing, mild), List.of(kept, severe, appearing), COOLDOWN);

    assertThat(diff.appear()).containsExactly(appearing);
    assertThat(diff.vanish()).containsExactly(vanishing);
    assertThat(diff.changed()).containsExactly(new AlertDiff.Change(mild, severe));
    assertThat(diff.same()).isEqualTo(1);
  }

  @Test
  void takesAnAlertThatComesALittleEarlierForTheSame() {
    ReplayedAlert before = alert("a", 1_000, Severity.WARNING);

    assertThat(diff(before, alert("a", 1_100, Severity.WARNING)).same()).isEqualTo(1);
    assertThat(diff(before, alert("a", 1_101, Severity.WARNING)).vanish()).containsExactly(before);
    assertThat(diff(before, alert("b", 1_000, Severity.WARNING)).vanish()).containsExactly(before);
  }

  @Test
  void matchesEachAlertOnce() {
    ReplayedAlert one = alert("a", 1_000, Severity.WARNING);
    ReplayedAlert other = alert("a", 1_080, Severity.WARNING);

    AlertDiff diff = AlertDiff.of(List.of(one, other), List.of(one), COOLDOWN);

    assertThat(diff.same()).isEqualTo(1);
    assertThat(diff.vanish()).containsExactly(other);
  }

  private static AlertDiff diff(ReplayedAlert before, ReplayedAlert after) {
    return AlertDiff.of(List.of(before), List.of(after), COOLDOWN);
  }

  private static ReplayedAlert alert(String entity, long timestamp, Severity severity) {
    return new ReplayedAlert(
        new Coordinates("source", 0, timestamp), entity, timestamp, 9, severity, "{}", List.of());
  }
}
