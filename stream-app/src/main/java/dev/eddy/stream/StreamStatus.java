package dev.eddy.stream;

import static java.util.Objects.requireNonNull;

import dev.eddy.stream.model.ShadowFigures;
import org.jspecify.annotations.Nullable;

/**
 * One look at a running stream-app; the body of {@code /api/status}. Counts are those of this
 * process since its start. Times are milliseconds since the epoch.
 *
 * @param stream name of the stream
 * @param entities entities seen by this process
 * @param threshold the score above which the alert budget lets one record raise an alert now
 * @param calibration whether p-values keep their promise
 */
public record StreamStatus(
    String stream,
    Readiness readiness,
    Model model,
    Candidates candidates,
    double uptimeSeconds,
    Records records,
    Alerts alerts,
    Synthetic synthetic,
    long entities,
    double threshold,
    Calibration calibration) {

  /** Checks that the parts are there. */
  public StreamStatus {
    requireNonNull(stream, "stream");
    requireNonNull(readiness, "readiness");
    requireNonNull(model, "model");
    requireNonNull(candidates, "candidates");
    requireNonNull(records, "records");
    requireNonNull(alerts, "alerts");
    requireNonNull(synthetic, "synthetic");
    requireNonNull(calibration, "calibration");
  }

  /**
   * The model that serves.
   *
   * @param version {@code baseline} before there is one
   * @param createdAt when it was trained; null for the baseline
   * @param servingSince when this process began to score with it; null for the baseline
   */
  public record Model(String version, @Nullable Long createdAt, @Nullable Long servingSince) {}

  /**
   * Versions that could serve.
   *
   * @param waiting the version that won and waits for approval; null: none
   * @param shadow what the version that scores unseen would have done; null: none
   */
  public record Candidates(@Nullable String waiting, ShadowFigures.@Nullable Snapshot shadow) {}

  /**
   * What became of the source's records.
   *
   * @param perSecond scored and dead letters over the last 10 seconds
   */
  public record Records(long scored, long deadLetters, double perSecond) {}

  /**
   * What was raised.
   *
   * @param lastAt when the last one was raised; null when there was none
   */
  public record Alerts(long total, @Nullable Long lastAt) {}

  /**
   * Whether of normal records as many as p have a p-value of at most p.
   *
   * @param holds as far as can be told
   * @param realised share of recent records with p at most 0.01, anomalies among them
   * @param reason for a person
   */
  public record Calibration(boolean holds, double realised, String reason) {}

  /** What became of augmentation requests, in records. */
  public record Synthetic(long published, long rejected) {}
}
