package dev.eddy.stream;

import dev.eddy.registry.ModelVersion;
import dev.eddy.scoring.CalibrationWatch;
import dev.eddy.stream.alert.AlertThreshold;
import dev.eddy.stream.metrics.StreamMetrics;
import dev.eddy.stream.model.Champion;
import dev.eddy.stream.model.ChampionFeed;
import dev.eddy.stream.topology.EntityCount;
import java.time.Clock;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says at any time what the app has done and how it is. Safe for use by several threads. */
final class StatusBoard {
  private final String stream;
  private final Clock clock;
  private final StreamMetrics metrics;
  private final ChampionFeed champions;
  private final Candidates candidates;
  private final AlertThreshold threshold;
  private final EntityCount entities;
  private final CalibrationWatch calibration;
  private final Throughput throughput = new Throughput();
  private final long startedMillis;
  private volatile @Nullable String failure;

  StatusBoard(
      String stream,
      Clock clock,
      StreamMetrics metrics,
      ChampionFeed champions,
      Candidates candidates,
      AlertThreshold threshold,
      EntityCount entities,
      CalibrationWatch calibration) {
    this.stream = stream;
    this.clock = clock;
    this.metrics = metrics;
    this.champions = champions;
    this.candidates = candidates;
    candidates.show(metrics);
    this.threshold = threshold;
    this.entities = entities;
    this.calibration = calibration;
    this.startedMillis = clock.millis();
    metrics.threshold(threshold::current);
    metrics.entities(entities::count);
    metrics.calibration(calibration);
    for (Readiness.State state : Readiness.State.values()) {
      metrics.readiness(
          state.name().toLowerCase(Locale.ROOT),
          this,
          board -> board.readiness().state() == state ? 1 : 0);
    }
  }

  /** To be called once a second. */
  void tick() {
    throughput.sample(System.nanoTime(), metrics.scored() + metrics.deadLettered());
  }

  /** Notes why scoring stopped for good. */
  void failed(String reason) {
    failure = reason;
  }

  StreamStatus status() {
    return new StreamStatus(
        stream,
        readiness(),
        model(champions.get()),
        candidates.status(),
        (clock.millis() - startedMillis) / 1000.0,
        new StreamStatus.Records(metrics.scored(), metrics.deadLettered(), throughput.perSecond()),
        new StreamStatus.Alerts(metrics.alertsRaised(), metrics.lastAlertAt()),
        new StreamStatus.Synthetic(metrics.syntheticPublished(), metrics.syntheticRejected()),
        entities.count(),
        threshold.current(),
        calibration());
  }

  private StreamStatus.Calibration calibration() {
    CalibrationWatch.Finding finding = calibration.finding();
    return new StreamStatus.Calibration(finding.holds(), finding.realised(), finding.reason());
  }

  private static StreamStatus.Model model(@Nullable Champion champion) {
    return champion == null
        ? new StreamStatus.Model(ModelVersion.BASELINE.value(), null, null)
        : new StreamStatus.Model(
            champion.version().value(), champion.createdAt(), champion.servingSince());
  }

  private Readiness readiness() {
    String wrong = failure == null ? champions.refusal() : failure;
    if (metrics.scored() == 0) {
      return new Readiness(
          Readiness.State.LEARNING, wrong == null ? "no record was scored yet" : wrong);
    }
    if (wrong != null) {
      return new Readiness(Readiness.State.DEGRADED, wrong);
    }
    Champion champion = champions.get();
    return champion == null
        ? new Readiness(Readiness.State.BASELINE, "baselines score until there is a model")
        : new Readiness(Readiness.State.LIVE, "model %s serves".formatted(champion.version()));
  }
}
