package dev.eddy.scoring;

import dev.eddy.feature.Encoder;
import dev.eddy.feature.FeatureMatrix;
import dev.eddy.feature.Observation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Scores with an opened ensemble. */
final class EnsembleScorer implements Scorer {
  private final Encoder encoder;
  private final Standardizer standardizer;
  private final @Nullable NetworkDetector networks;
  private final List<Detector> detectors;
  private final Fusion fusion;
  private final FeatureMatrix asinh;
  private final FeatureMatrix standardised;

  /**
   * Takes over the detectors and closes them with itself.
   *
   * @param networks first in the fusion's order; null when there are none
   */
  EnsembleScorer(
      Encoder encoder,
      Standardizer standardizer,
      @Nullable NetworkDetector networks,
      List<Detector> classical,
      Fusion fusion) {
    this.encoder = encoder;
    this.standardizer = standardizer;
    this.networks = networks;
    this.detectors = new ArrayList<>();
    if (networks != null) {
      detectors.add(networks);
    }
    detectors.addAll(classical);
    this.fusion = fusion;
    this.asinh = new FeatureMatrix(standardizer.keptWidth(), 1);
    this.standardised = new FeatureMatrix(standardizer.keptWidth(), 1);
    List<String> names = scoreNames(detectors);
    if (!names.equals(fusion.names())) {
      throw new IllegalArgumentException(
          "model must have scores %s, as it was calibrated for, got %s"
              .formatted(fusion.names(), names));
    }
  }

  private static List<String> scoreNames(List<Detector> detectors) {
    return detectors.stream().flatMap(detector -> detector.scoreNames().stream()).toList();
  }

  @Override
  public Encoder encoder() {
    return encoder;
  }

  @Override
  public ScoredBatch score(FeatureMatrix rows) {
    double[][] raw = raw(rows);
    Fusion.Surprises surprises = fusion.surprises(raw);
    for (int i = 0; i < raw.length; i++) {
      Calibration calibration = fusion.parts().get(i).calibration();
      for (int row = 0; row < raw[i].length; row++) {
        raw[i][row] = calibration.surprise(raw[i][row]);
      }
    }
    return new ScoredBatch(surprises.fused(), surprises.unlabelled(), fusion.names(), raw);
  }

  /** Returns the parts' raw scores of each row. */
  private double[][] raw(FeatureMatrix rows) {
    DetectorInput input = new DetectorInput(rows, asinh, standardised);
    standardizer.standardize(input);
    return raw(detectors, input);
  }

  /** Returns all raw scores of a batch, one array for each name, all finite. */
  static double[][] raw(List<? extends Detector> detectors, DetectorInput input) {
    List<double[]> raw = new ArrayList<>();
    for (Detector detector : detectors) {
      double[][] scores = detector.score(input);
      for (int i = 0; i < scores.length; i++) {
        requireFinite(detector.scoreNames().get(i), scores[i]);
        raw.add(scores[i]);
      }
    }
    return raw.toArray(double[][]::new);
  }

  private static void requireFinite(String name, double[] scores) {
    for (double score : scores) {
      if (!Double.isFinite(score)) {
        throw new ScoringException("score %s must be finite, got %s".formatted(name, score));
      }
    }
  }

  /** Returns the linear row that stands for nothing known. */
  float[] typical() {
    return standardizer.typical().clone();
  }

  /** Returns what is expected instead of each linear row; without networks, the typical row. */
  FeatureMatrix expect(FeatureMatrix rows) {
    FeatureMatrix expected = new FeatureMatrix(rows.columns(), rows.rows());
    FeatureMatrix reconstructed =
        networks == null ? null : networks.reconstruct(standardizer.standardize(rows).asinh());
    for (int row = 0; row < rows.rows(); row++) {
      float[] linear = typical();
      if (reconstructed != null) {
        standardizer.restore(reconstructed.row(row), linear);
      }
      expected.append(linear);
    }
    return expected;
  }

  /** Returns the least and the largest cell of a linear column in training. */
  float[] range(int column) {
    return standardizer.range(column);
  }

  @Override
  public Explanation explain(Observation observation, @Nullable BaselineScorer secondOpinion) {
    return new Explainer(new ModelWhatIf(this, secondOpinion)).explain(observation);
  }

  @Override
  public void close() {
    detectors.forEach(Detector::close);
  }
}
