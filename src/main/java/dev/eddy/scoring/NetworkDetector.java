package dev.eddy.scoring;

import dev.eddy.definition.Detection;
import dev.eddy.definition.Detection.Objective;
import dev.eddy.definition.Detection.Part;
import dev.eddy.feature.FeatureMatrix;
import dev.eddy.model.EngineFailedException;
import dev.eddy.model.detector.NetworkRows;
import dev.eddy.model.detector.NetworkScorer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

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

  /** Scores of the autoencoders alone; discriminators need what these compute, not the scores. */
  private static final Set<String> OF_AUTOENCODERS = Set.of(NetworkScorer.ELBO, NetworkScorer.KL);

  private final NetworkScorer scorer;
  private final List<String> scoreNames;

  /**
   * Takes over the scorer and closes it with itself.
   *
   * @param counting says which of its scores count, by name
   */
  NetworkDetector(NetworkScorer scorer, Predicate<String> counting) {
    this.scorer = scorer;
    this.scoreNames = scorer.scoreNames().stream().filter(counting).toList();
  }

  /** Returns whether a score counts where these parts are on. */
  static boolean counts(String scoreName, Set<Part> parts) {
    return parts.contains(Part.VAE) || !OF_AUTOENCODERS.contains(scoreName);
  }

  /**
   * Returns how many networks are trained at most, beside those of families. Discriminators read
   * what the autoencoders make of a row, so these are trained with them.
   *
   * @param anomalies labelled ones
   */
  static int networks(Detection settings, int anomalies) {
    boolean discriminators = settings.detectors().contains(Part.DISCRIMINATOR);
    boolean autoencoders = discriminators || settings.detectors().contains(Part.VAE);
    int unlabelled = settings.objective() == Objective.NOISE_CONTRASTIVE ? 2 : 1;
    int labelled = anomalies > 0 ? 3 : 0;
    return (autoencoders ? 2 : 0) + (discriminators ? unlabelled + labelled : 0);
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
    return all(input)[scorer.scoreNames().indexOf(NetworkScorer.ELBO)];
  }

  @Override
  public List<String> scoreNames() {
    return scoreNames;
  }

  @Override
  public double[][] score(DetectorInput input) {
    double[][] all = all(input);
    return scoreNames.stream()
        .map(name -> all[scorer.scoreNames().indexOf(name)])
        .toArray(double[][]::new);
  }

  private double[][] all(DetectorInput input) {
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
