package dev.eddy.stream.topology;

import dev.eddy.feature.Observation;
import dev.eddy.scoring.BaselineScorer;
import dev.eddy.scoring.Explanation;
import dev.eddy.scoring.ScoredBatch;
import dev.eddy.scoring.SecondOpinion;
import java.util.ArrayList;
import java.util.List;

/**
 * Scores with a model and, beside it, with the baselines that go on learning. Closing it closes the
 * model; the baselines stay the task's, so that they outlive a change of the model.
 */
final class SecondOpinionBatchScorer implements BatchScorer {
  private final ModelBatchScorer model;
  private final BaselineScorer baseline;
  private final List<Observation> open = new ArrayList<>();

  SecondOpinionBatchScorer(ModelBatchScorer model, BaselineScorer baseline) {
    this.model = model;
    this.baseline = baseline;
  }

  @Override
  public String version() {
    return model.version();
  }

  @Override
  public boolean isModel() {
    return true;
  }

  @Override
  public void add(Observation observation) {
    model.add(observation);
    open.add(observation);
  }

  @Override
  public ScoredBatch score() {
    ScoredBatch scored = model.score(); // first: if it fails, the baselines learn nothing twice
    double[] second = new double[open.size()];
    for (int i = 0; i < second.length; i++) {
      second[i] = secondOpinion(open.get(i));
    }
    return SecondOpinion.fuse(scored, second);
  }

  @Override
  public ScoredBatch scoreAlone(Observation observation) {
    ScoredBatch scored = model.scoreAlone(observation);
    return SecondOpinion.fuse(scored, new double[] {secondOpinion(observation)});
  }

  private double secondOpinion(Observation observation) {
    boolean calibrated = baseline.isCalibrated();
    double score = baseline.score(observation).score();
    return calibrated ? score : Double.NaN;
  }

  @Override
  public boolean canScore() {
    return model.canScore();
  }

  @Override
  public Explanation explain(Observation observation) {
    return model.explain(observation, baseline);
  }

  @Override
  public void clear() {
    model.clear();
    open.clear();
  }

  @Override
  public void close() {
    model.close();
  }
}
