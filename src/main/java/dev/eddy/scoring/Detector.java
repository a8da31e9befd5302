package dev.eddy.scoring;

import java.util.List;
import java.util.function.Function;

/**
 * One part of the ensemble: gives each row one or more raw scores, higher for more anomalous, on a
 * scale of its own. {@link Calibration} makes them comparable. An instance belongs to one thread.
 */
public interface Detector extends AutoCloseable {

  /** Returns the names of its scores, for example {@code vae.elbo}; stable across versions. */
  List<String> scoreNames();

  /**
   * Scores a batch.
   *
   * @return raw scores, one array of {@code input.rows()} values for each name, in order of {@link
   *     #scoreNames()}; finite
   * @throws ScoringException if a value is not finite or the engine fails
   */
  double[][] score(DetectorInput input);

  /** Makes a detector of a function; it has nothing to free. */
  static Detector of(List<String> scoreNames, Function<DetectorInput, double[][]> function) {
    return new Detector() {
      @Override
      public List<String> scoreNames() {
        return scoreNames;
      }

      @Override
      public double[][] score(DetectorInput input) {
        return function.apply(input);
      }
    };
  }

  /** Frees native memory. Calling it again does nothing. */
  @Override
  default void close() {}
}
