package dev.eddy.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.definition.StreamDefinition;
import dev.eddy.registry.ArtifactFixture;
import dev.eddy.registry.InMemoryModelRegistry;
import dev.eddy.registry.ModelLoadException;
import dev.eddy.registry.ModelVersion;
import dev.eddy.scoring.CalibrationWatch;
import dev.eddy.stream.alert.AlertThreshold;
import dev.eddy.stream.metrics.StreamMetrics;
import dev.eddy.stream.model.Champion;
import dev.eddy.stream.model.ChampionFeed;
import dev.eddy.stream.model.ShadowFigures;
import dev.eddy.stream.topology.EntityCount;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatusBoardTest {
  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(9_000), ZoneOffset.UTC);
  private static final ModelVersion FIRST = ModelVersion.of(1);

  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final StreamMetrics metrics = new StreamMetrics(meters, CLOCK);
  private final InMemoryModelRegistry registry = new InMemoryModelRegistry();
  private boolean loadable = true;
  private final ChampionFeed champions = new ChampionFeed(registry, this::load, metrics);
  private final CalibrationWatch calibration = new CalibrationWatch();
  private final StatusBoard board =
      new StatusBoard(
          "hosts",
          CLOCK,
          metrics,
          champions,
          new Candidates(Optional::empty, new ShadowFigures()),
          new AlertThreshold(StreamDefinition.Alerts.DEFAULT),
          new EntityCount(),
          calibration);

  @AfterEach
  void close() {
    champions.close();
    meters.close();
  }

  @Test
  void learnsUntilTheFirstRecordIsScored() {
    assertThat(board.status().readiness())
        .isEqualTo(new Readiness(Readiness.State.LEARNING, "no record was scored yet"));
    assertThat(board.status().model().version()).isEqualTo("baseline");
  }

  @Test
  void scoresWithBaselinesUntilThereIsAModel() {
    score();

    assertThat(board.status().readiness().state()).isEqualTo(Readiness.State.BASELINE);
  }

  @Test
  void isLiveWithAModel() {
    score();
    promote();
    champions.start();

    assertThat(board.status().readiness())
        .isEqualTo(new Readiness(Readiness.State.LIVE, "model v000001 serves"));
    assertThat(board.status().model()).isEqualTo(new StreamStatus.Model("v000001", 1_000L, 2_000L));
    assertThat(meters.scrape())
        .contains("eddy_readiness{state=\"live\"} 1.0")
        .contains("eddy_readiness{state=\"baseline\"} 0.0");
  }

  @Test
  void isDegradedWhenTheChampionWasRefused() {
    score();
    promote();
    loadable = false;
    champions.start();

    assertThat(board.status().readiness())
        .isEqualTo(
            new Readiness(Readiness.State.DEGRADED, "model v000001 was refused: it is altered"));
  }

  @Test
  void isDegradedWhenScoringStopped() {
    score();

    board.failed("scoring stopped");

    assertThat(board.status().readiness())
        .isEqualTo(new Readiness(Readiness.State.DEGRADED, "scoring stopped"));
  }

  @Test
  void saysSoWhenTheCalibrationDoesNotHold() {
    assertThat(board.status().calibration().holds()).isTrue();

    for (int i = 0; i < CalibrationWatch.FEWEST; i++) {
      calibration.add(9);
    }

    assertThat(board.status().calibration())
        .isEqualTo(
            new StreamStatus.Calibration(
                false,
                1,
                "calibration does not hold: p at most 0.001 has 100.0 % of recent records"));
    assertThat(meters.scrape())
        .contains("eddy_calibration_holds 0.0")
        .contains("eddy_calibration_realised 1.0");
  }

  @Test
  void countsRecordsPerSecondOverTheLastSamples() {
    var throughput = new Throughput();
    assertThat(throughput.perSecond()).isZero();
    for (int second = 0; second <= 20; second++) {
      throughput.sample(second * 1_000_000_000L, second < 10 ? 0 : (second - 10) * 50L);
    }

    assertThat(throughput.perSecond()).isEqualTo(50);
  }

  private void score() {
    metrics.batch(1, false, Duration.ZERO, Duration.ZERO);
  }

  private void promote() {
    registry.publish(ArtifactFixture.artifact(FIRST, 1));
    registry.promote(FIRST, "better", "a test");
  }

  private Champion load(ModelVersion version) {
    if (!loadable) {
      throw new ModelLoadException("it is altered");
    }
    return new Champion(
        version,
        1_000,
        2_000,
        () -> {
          throw new IllegalStateException("not opened in this test");
        },
        null);
  }
}
