package dev.eddy.scoring;

import dev.eddy.feature.Encoder;
import dev.eddy.feature.FeatureMatrix;
import dev.eddy.feature.Observation;
import org.jspecify.annotations.Nullable;

/** Scores encoded rows with one model. An instance belongs to one thread. */
public interface Scorer extends AutoCloseable {

  /** Returns the encoder whose rows this scorer takes. */
  Encoder encoder();

  /**
   * Scores one batch.
   *
   * @param rows encoded by {@link #encoder()}, at least one; neither kept nor changed
   * @throws IllegalArgumentException if the width differs
   * @throws ScoringException if the engine fails or a score is not finite
   */
  ScoredBatch score(FeatureMatrix rows);

  /**
   * Says which fields make the observation anomalous or would first, what was expected of them, and
   * which change of one of them would make the record normal; see {@link Contribution}.
   *
   * @param secondOpinion the baselines whose score is fused with the model's; null where the
   *     model's stands alone. They learn nothing from the question
   */
  Explanation explain(Observation observation, @Nullable BaselineScorer secondOpinion);

  /** Frees native memory. Calling it again does nothing. */
  @Override
  void close();
}
