package dev.eddy.stream;

import dev.eddy.feature.Observation;
import dev.eddy.scoring.CalibrationWatch;
import dev.eddy.stream.model.Champion;
import dev.eddy.stream.topology.ScoreListener;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Hands each score to the {@link CalibrationWatch}, lets it begin anew with each champion, and logs
 * when it changes its mind. Safe for use by several threads.
 */
final class WatchedCalibration implements ScoreListener {
  private static final Logger LOG = LoggerFactory.getLogger(WatchedCalibration.class);

  private final CalibrationWatch watch;
  private final Supplier<@Nullable Champion> champions;
  private volatile @Nullable Champion watched;

  WatchedCalibration(CalibrationWatch watch, Supplier<@Nullable Champion> champions) {
    this.watch = watch;
    this.champions = champions;
  }

  @Override
  public void scored(Observation observation, double score) {
    Champion champion = champions.get();
    if (!Objects.equals(champion, watched)) {
      watched = champion;
      watch.restart();
    }
    if (watch.add(score)) {
      CalibrationWatch.Finding finding = watch.finding();
      LOG.atLevel(finding.holds() ? Level.INFO : Level.WARN)
          .addKeyValue("realised", finding.realised())
          .addKeyValue("distance", finding.distance())
          .log(finding.holds() ? "calibration holds again" : "calibration does not hold");
    }
  }
}
