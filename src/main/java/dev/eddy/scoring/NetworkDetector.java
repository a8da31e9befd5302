package dev.eddy.scoring;

import dev.eddy.feature.FeatureMatrix;
import dev.eddy.model.EngineFailedException;
import dev.eddy.model.detector.NetworkRows;
import dev.eddy.model.detector.NetworkScorer;
import java.util.List;
import java.util.Map;

/**
 * The networks as one detector: autoencoders and discriminators share what they compute. Beside the
 * scores it says what the autoencoder expects, which explanations need.
 */
final class NetworkDetector implements Detector {
  /**
   * Weights among the unsupervised scores of contaminated data; a quarter of each on normal data,
   * where distances to its rows say most.
   */
  private static final Map<String, Double> WEIGHTS =
      Map.of(
          NetworkScorer.ELBO, 0.5,
          NetworkScorer.KL, 0.1,
          NetworkScorer.ROWS, 2.0,
          NetworkScorer.CRITIC, 0.1,
          NetworkScorer.RESIDUALS, 1.0);

  private final NetworkScorer scorer;

  /** Takes over the scorer and closes it with itself. */
  NetworkDetector(NetworkScorer scorer) {
    this.scorer = scorer;
  }

  /** Returns the weight of a score in the unsupervised fusion; 0 for supervised ones. */
  static double weight(String scoreName, Mode mode) {
    return weight(WEIGHTS.getOrDefault(scoreName, 0.0), mode);
  }

  /** Returns what is left in a mode of a network's weight on contaminated data. */
  static double weight(double contaminated, Mode mode) {
    return mode == Mode.ONE_CLASS ? contaminated / 4 : contaminated;
  }

  /** Returns how unlikely each row is to the trimmed autoencoder, in nats. */
  double[] elbo(DetectorInput input) {
    return score(input)[scoreNames().indexOf(NetworkScorer.ELBO)];
  }

  @Override
  public List<String> scoreNames() {
    return scorer.scoreNames();
  }

  @Override
  public double[][] score(DetectorInput input) {
    try {
      return scorer.score(rows(input));
    } catch (EngineFailedException e) {
      throw new ScoringException("networks could not score %d rows".formatted(input.rows()), e);
    }
  }

  /** Returns what the autoencoder expects instead of each ASINH row. */
  FeatureMatrix reconstruct(FeatureMatrix asinh) {
    try {
      return scorer.reconstruct(asinh);
    } catch (EngineFailedException e) {
      throw new ScoringException(
          "networks could not reconstruct %d rows".formatted(asinh.rows()), e);
    }
  }

  /** Returns the rows in the two representations that networks read. */
  static NetworkRows rows(DetectorInput input) {
    return new NetworkRows(input.asinh(), input.standardised(), Asinh.compression(input.linear()));
  }

  @Override
  public void close() {
    scorer.close();
  }
}
