package dev.eddy.scoring;

import static java.util.Objects.requireNonNull;

import dev.eddy.definition.Detection;
import dev.eddy.definition.Detection.Part;
import dev.eddy.feature.Encoder;
import dev.eddy.feature.FeatureMatrix;
import dev.eddy.feature.Sample;
import dev.eddy.model.TrainingTask;
import dev.eddy.model.detector.DetectorNetworks;
import dev.eddy.model.detector.NetworkSettings;
import dev.eddy.model.gan.AdversarialSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One training of the ensemble: parts one after another, and what they say of the held-out rows.
 */
final class EnsembleTraining {
  private static final double TRUSTED_SHARE = 0.8;

  private final Detection settings;
  private final Mode mode;
  private final TrainingTask task;
  private final Encoder encoder;
  private final List<Sample> samples;
  private final SampleSplit split;
  private final Standardizer standardizer;
  private final DetectorInput rows;
  private final DetectorInput heldOut;
  private final DetectorInput labelled;
  private final List<String> names = new ArrayList<>();
  private final List<Double> weights = new ArrayList<>();
  private final List<double[]> reference = new ArrayList<>();
  private final List<double[]> anomalies = new ArrayList<>();

  /**
   * Encodes and standardises the samples.
   *
   * @param mode that holds for these samples
   * @param earlier whose networks to go on from, where they fit; null: none
   */
  EnsembleTraining(
      Detection settings,
      Mode mode,
      TrainingTask task,
      Encoder encoder,
      List<Sample> samples,
      SampleSplit split,
      @Nullable DetectionModel earlier) {
    this.settings = settings;
    this.mode = mode;
    this.encoder = encoder;
    this.samples = samples;
    this.split = split;
    FeatureMatrix linear = encode(split.training());
    this.standardizer = Standardizer.fit(encoder.columns(), linear);
    this.rows = standardizer.standardize(linear);
    this.heldOut = standardizer.standardize(encode(split.heldOut()));
    this.labelled = standardizer.standardize(encode(split.anomalies()));
    this.task =
        earlier != null && earlier.columns().equals(Columns.of(encoder, standardizer))
            ? task.from(earlier.start())
            : task;
  }

  private FeatureMatrix encode(int[] places) {
    FeatureMatrix encoded = new FeatureMatrix(encoder.width(), places.length);
    for (int place : places) {
      encoder.encode(samples.get(place).observation(), encoded);
    }
    return encoded;
  }

  /** Trains all parts, then calibrates and fuses them. */
  DetectionModel run(SplittableRandom seeds) {
    DetectorNetworks networks = trainNetworks(seeds.nextLong());
    DetectorInput trusted = rows.select(leastAnomalous(networks));
    Map<DetectorFamily, TrainedDetector> detectors = trainDetectors(trainingRows(trusted), seeds);
    if (names.isEmpty()) {
      throw new IllegalArgumentException(
          "parts must include one that can learn in mode %s, got %s"
              .formatted(mode, settings.detectors()));
    }
    Fusion fusion =
        Fusion.fit(
            mode,
            names,
            weights.stream().mapToDouble(Double::doubleValue).toArray(),
            reference.toArray(double[][]::new),
            anomalies.toArray(double[][]::new));
    return new DetectionModel(encoder, standardizer, networks, detectors, fusion, figures(trusted));
  }

  private TrainingRows trainingRows(DetectorInput trusted) {
    AdversarialSettings adversarial =
        new AdversarialSettings(settings.objective(), AdversarialSettings.STEPS);
    return new TrainingRows(
        encoder.columns(), standardizer, rows, trusted, labelled, adversarial, task);
  }

  private @Nullable DetectorNetworks trainNetworks(long seed) {
    boolean discriminators = settings.detectors().contains(Part.DISCRIMINATOR);
    if (!discriminators && !settings.detectors().contains(Part.VAE)) {
      return null;
    }
    NetworkSettings recipe =
        switch (mode) {
          case CONTAMINATED -> NetworkSettings.CONTAMINATED;
          case ONE_CLASS -> NetworkSettings.ONE_CLASS;
        };
    NetworkSettings networks =
        recipe
            .withTrim(settings.trim())
            .withBeta(settings.beta())
            .withObjective(settings.objective())
            .withWindow(
                WindowColumns.of(settings.window(), encoder.columns(), standardizer).orElse(null));
    return DetectorNetworks.train(
        NetworkDetector.rows(rows),
        NetworkDetector.rows(labelled),
        discriminators ? networks : networks.withoutDiscriminators(),
        seed,
        task);
  }

  /**
   * Returns the places of the rows that look least anomalous: to the autoencoder, or for want of
   * one by their distance to other rows.
   */
  private int[] leastAnomalous(@Nullable DetectorNetworks networks) {
    if (networks == null) {
      TrainedDetector neighbours =
          NeighbourDetector.FAMILY.train(trainingRows(rows), Mode.CONTAMINATED, 0).orElseThrow();
      return lowest(neighbours.open(task.device(), task.deviceListener()).score(rows)[0]);
    }
    try (NetworkDetector opened =
        new NetworkDetector(
            networks.open(task.device(), task.deviceListener()),
            name -> NetworkDetector.counts(name, settings.detectors()))) {
      for (String name : opened.scoreNames()) {
        names.add(name);
        weights.add(NetworkDetector.weight(name, mode));
      }
      measure(opened);
      return lowest(opened.elbo(rows));
    }
  }

  /** Keeps what a part says of rows that it has not learned from, and of labelled anomalies. */
  private void measure(Detector detector) {
    reference.addAll(List.of(EnsembleScorer.raw(List.of(detector), heldOut)));
    if (labelled.rows() == 0) {
      detector.scoreNames().forEach(name -> anomalies.add(new double[0]));
    } else {
      anomalies.addAll(List.of(EnsembleScorer.raw(List.of(detector), labelled)));
    }
  }

  /** Returns the places of the trusted share of the scores, in their own order. */
  private static int[] lowest(double[] scores) {
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    double limit = sorted[(int) (TRUSTED_SHARE * (sorted.length - 1))];
    return IntStream.range(0, scores.length).filter(row -> scores[row] <= limit).toArray();
  }

  private Map<DetectorFamily, TrainedDetector> trainDetectors(
      TrainingRows training, SplittableRandom seeds) {
    Map<DetectorFamily, TrainedDetector> detectors = new LinkedHashMap<>();
    for (DetectorFamily family : DetectorFamilies.ALL) {
      long seed = seeds.nextLong(); // drawn for every family: leaving one out changes no other
      Map<String, Double> byName = family.weights(mode);
      if (settings.detectors().contains(family.part()) && !byName.isEmpty()) {
        family
            .train(training, mode, seed)
            .ifPresent(
                detector -> {
                  detectors.put(family, detector);
                  for (String name : detector.scoreNames()) {
                    names.add(name);
                    weights.add(requireNonNull(byName.get(name), name));
                  }
                  try (Detector opened = detector.open(task.device(), task.deviceListener())) {
                    measure(opened);
                  }
                });
      }
    }
    return detectors;
  }

  private Map<String, Double> figures(DetectorInput trusted) {
    Map<String, Double> figures = new TreeMap<>();
    figures.put("trainingRows", (double) split.training().length);
    figures.put("trustedRows", (double) trusted.rows());
    figures.put("heldOutRows", (double) split.heldOut().length);
    figures.put("labelledAnomalies", (double) split.anomalies().length);
    figures.put("trainingStepsDone", task.budget().shareDone());
    figures.put("oneClass", mode == Mode.ONE_CLASS ? 1.0 : 0.0);
    return figures;
  }
}
