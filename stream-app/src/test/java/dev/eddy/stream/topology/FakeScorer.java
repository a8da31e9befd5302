package dev.eddy.stream.topology;

import dev.eddy.feature.Encoder;
import dev.eddy.feature.FeatureMatrix;
import dev.eddy.feature.Observation;
import dev.eddy.scoring.BaselineScorer;
import dev.eddy.scoring.Contribution;
import dev.eddy.scoring.Explanation;
import dev.eddy.scoring.ScoredBatch;
import dev.eddy.scoring.Scorer;
import dev.eddy.scoring.ScoringException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Scores a row by its first number's distance from the median, and remembers its batches. */
final class FakeScorer implements Scorer {
  private final FakeModel model;

  FakeScorer(FakeModel model) {
    this.model = model;
  }

  @Override
  public Encoder encoder() {
    return model.encoder();
  }

  @Override
  public ScoredBatch score(FeatureMatrix rows) {
    if (model.isBroken()) {
      throw new ScoringException("engine is broken");
    }
    double[] scores = new double[rows.rows()];
    for (int i = 0; i < scores.length; i++) {
      float value = rows.get(i, 0);
      if (Math.abs(value) > FakeModel.UNSCORABLE) {
        throw new ScoringException("score of row must be finite");
      }
      scores[i] = Math.abs(value);
      model.row(rows.row(i));
    }
    model.batch(scores.length);
    return new ScoredBatch(scores, List.of("fake"), new double[][] {scores});
  }

  @Override
  public Explanation explain(Observation observation, @Nullable BaselineScorer secondOpinion) {
    model.explained();
    return new Explanation(
        1,
        List.of(
            new Contribution(
                "load", Double.toString(observation.event().number(0)), "1.0", null, 0.9),
            new Contribution(
                "disk", Double.toString(observation.event().number(1)), "2.0", null, 0.1)));
  }

  @Override
  public void close() {
    model.closed();
  }
}
