package dev.eddy.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.drift.Drift;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainerMetricsTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final TrainerMetrics metrics = new TrainerMetrics(meters);

  @Test
  void showsTheDriftOfTheScoresBesideThatOfAFeatureOfTheirName() {
    metrics.drift(
        List.of(
            new Drift(true, "score", 500, 0.25, 0.1, 1, 0.2, 0.12, true),
            new Drift(false, "score", 500, 0.5, 0.2, 1, 0.2, 0.12, true),
            new Drift(false, "bytes", 500, 0.75, 0.3, 1, 0.2, 0.12, true)));

    assertThat(psi("score", "score")).isEqualTo(0.25);
    assertThat(psi("score", "feature")).isEqualTo(0.5);
    assertThat(psi("bytes", "feature")).isEqualTo(0.75);
  }

  private double psi(String feature, String of) {
    return meters.get("eddy.trainer.drift.psi").tags("feature", feature, "of", of).gauge().value();
  }
}
