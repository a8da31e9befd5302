package dev.eddy.scoring;

import dev.eddy.feature.Encoder;
import dev.eddy.feature.FeatureMatrix;
import dev.eddy.feature.Observation;
import java.util.List;

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
   * Says which fields make the observation anomalous: each field in turn is set to what the model
   * expects, all in one batch, and the drop of the score is the field's contribution.
   *
   * @return one entry a source field, largest contribution first
   */
  List<Contribution> explain(Observation observation);

  /** Frees native memory. Calling it again does nothing. */
  @Override
  void close();
}
