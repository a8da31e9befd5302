package dev.eddy.stream.topology;

import dev.eddy.feature.Observation;
import dev.eddy.registry.ModelVersion;
import dev.eddy.scoring.BaselineScorer;
import dev.eddy.scoring.BaselineScorer.BaselineScore;
import dev.eddy.scoring.Explanation;
import dev.eddy.scoring.ScoredBatch;
import java.util.ArrayList;
import java.util.List;

/** Scores with what needs no training. It learns from each record as it scores it. */
final class BaselineBatchScorer implements BatchScorer {
  private final BaselineScorer scorer;
  private final List<Observation> open = new ArrayList<>();

  BaselineBatchScorer(BaselineScorer scorer) {
    this.scorer = scorer;
  }

  @Override
  public String version() {
    return ModelVersion.BASELINE.value();
  }

  @Override
  public boolean isModel() {
    return false;
  }

  @Override
  public void add(Observation observation) {
    open.add(observation);
  }

  @Override
  public ScoredBatch score() {
    return scored(open);
  }

  @Override
  public ScoredBatch scoreAlone(Observation observation) {
    return scored(List.of(observation));
  }

  private ScoredBatch scored(List<Observation> observations) {
    double[] fused = new double[observations.size()];
    List<BaselineScore> scores = new ArrayList<>(fused.length);
    for (int i = 0; i < fused.length; i++) {
      BaselineScore score = scorer.score(observations.get(i));
      fused[i] = score.score();
      scores.add(score);
    }
    List<String> names = List.copyOf(scores.get(0).detectors().keySet());
    double[][] detectors = new double[names.size()][fused.length];
    for (int d = 0; d < detectors.length; d++) {
      for (int i = 0; i < fused.length; i++) {
        detectors[d][i] = scores.get(i).detectors().getOrDefault(names.get(d), 0.0);
      }
    }
    return new ScoredBatch(fused, names, detectors);
  }

  @Override
  public boolean canScore() {
    return true;
  }

  @Override
  public Explanation explain(Observation observation) {
    return scorer.explain(observation);
  }

  @Override
  public void clear() {
    open.clear();
  }

  @Override
  public void close() {}
}
