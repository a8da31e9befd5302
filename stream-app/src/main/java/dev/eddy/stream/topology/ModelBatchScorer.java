package dev.eddy.stream.topology;

import dev.eddy.feature.Encoder;
import dev.eddy.feature.FeatureMatrix;
import dev.eddy.feature.Observation;
import dev.eddy.scoring.BaselineScorer;
import dev.eddy.scoring.Explanation;
import dev.eddy.scoring.ScoredBatch;
import dev.eddy.scoring.Scorer;
import dev.eddy.scoring.ScoringException;
import dev.eddy.stream.model.Champion;
import dev.eddy.stream.model.OrdinaryRows;

/** Encodes observations straight into the open batch, and scores it as one tensor. */
final class ModelBatchScorer implements BatchScorer {
  private final String version;
  private final Scorer scorer;
  private final Encoder encoder;
  private final FeatureMatrix open;
  private final FeatureMatrix single;

  ModelBatchScorer(Champion champion, int batchSize) {
    this.version = champion.version().value();
    this.scorer = champion.scorers().get();
    this.encoder = scorer.encoder();
    this.open = new FeatureMatrix(encoder.width(), batchSize);
    this.single = new FeatureMatrix(encoder.width(), 1);
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public boolean isModel() {
    return true;
  }

  @Override
  public void add(Observation observation) {
    encoder.encode(observation, open);
  }

  @Override
  public ScoredBatch score() {
    return scorer.score(open);
  }

  @Override
  public ScoredBatch scoreAlone(Observation observation) {
    single.clear();
    encoder.encode(observation, single);
    return scorer.score(single);
  }

  @Override
  public boolean canScore() {
    try {
      scorer.score(OrdinaryRows.of(encoder, 1));
      return true;
    } catch (ScoringException e) {
      return false;
    }
  }

  @Override
  public Explanation explain(Observation observation) {
    return scorer.explain(observation, null);
  }

  /** Explains the score that is fused with the baselines'. */
  Explanation explain(Observation observation, BaselineScorer secondOpinion) {
    return scorer.explain(observation, secondOpinion);
  }

  @Override
  public void clear() {
    open.clear();
  }

  @Override
  public void close() {
    scorer.close();
  }
}
