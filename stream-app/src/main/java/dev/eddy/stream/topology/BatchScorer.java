package dev.eddy.stream.topology;

import dev.eddy.feature.Observation;
import dev.eddy.scoring.Explanation;
import dev.eddy.scoring.ScoredBatch;
import dev.eddy.scoring.ScoringException;

/**
 * Scores the open micro-batch of one task with one model, or with the baselines before there is
 * one. An instance belongs to one thread.
 */
interface BatchScorer extends AutoCloseable {

  /** Returns the version that stands on each of its scores. */
  String version();

  /** Returns whether a model scores, rather than the baselines. */
  boolean isModel();

  /** Puts an observation into the open batch. */
  void add(Observation observation);

  /**
   * Scores the open batch, row by row in the order of {@link #add}; it stays open until {@link
   * #clear}.
   *
   * @throws ScoringException if that fails
   */
  ScoredBatch score();

  /**
   * Scores one observation by itself.
   *
   * @throws ScoringException if that fails
   */
  ScoredBatch scoreAlone(Observation observation);

  /** Returns whether an ordinary record can be scored: if so, a failure is the record's. */
  boolean canScore();

  /** Says which fields make an observation anomalous. */
  Explanation explain(Observation observation);

  /** Empties the open batch. */
  void clear();

  /** Frees native memory. Calling it again does nothing. */
  @Override
  void close();
}
