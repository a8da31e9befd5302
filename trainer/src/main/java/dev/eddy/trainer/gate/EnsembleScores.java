package dev.eddy.trainer.gate;

import static java.util.Objects.requireNonNull;

import dev.eddy.feature.FeatureMatrix;
import dev.eddy.feature.Observation;
import dev.eddy.model.ModelDevice;
import dev.eddy.scoring.DetectionModel;
import dev.eddy.scoring.ScoredBatch;
import dev.eddy.scoring.Scorer;
import java.util.List;

/**
 * The fused scores of an ensemble. It opens a scorer for each call, so that nothing native outlives
 * one.
 */
public final class EnsembleScores implements AnomalyScores {
  private static final int BATCH = 1_024;

  private final DetectionModel model;
  private final ModelDevice device;

  /** One value of a row of a scored batch. */
  private interface ValueOfRow {
    double of(ScoredBatch batch, int row);
  }

  /** Makes the scores of a model. */
  public EnsembleScores(DetectionModel model, ModelDevice device) {
    this.model = requireNonNull(model, "model");
    this.device = requireNonNull(device, "device");
  }

  @Override
  public double[] score(List<Observation> observations) {
    return each(observations, ScoredBatch::score);
  }

  @Override
  public double[] oddity(List<Observation> observations) {
    return each(
        observations, (batch, row) -> Math.max(batch.score(row), batch.unlabelledScore(row)));
  }

  private double[] each(List<Observation> observations, ValueOfRow value) {
    double[] scores = new double[observations.size()];
    try (Scorer scorer = model.open(device)) {
      var rows = new FeatureMatrix(model.encoder().width(), BATCH);
      for (int from = 0; from < scores.length; from += BATCH) {
        List<Observation> batch = observations.subList(from, Math.min(scores.length, from + BATCH));
        rows.clear();
        batch.forEach(observation -> model.encoder().encode(observation, rows));
        ScoredBatch scored = scorer.score(rows);
        for (int row = 0; row < batch.size(); row++) {
          scores[from + row] = value.of(scored, row);
        }
      }
    }
    return scores;
  }
}
