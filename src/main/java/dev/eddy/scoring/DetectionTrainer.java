package dev.eddy.scoring;

import static java.util.Objects.requireNonNull;

import dev.eddy.feature.Encoder;
import dev.eddy.feature.FeatureMatrix;
import dev.eddy.feature.Sample;
import dev.eddy.model.DeviceListener;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.TrainingListener;
import dev.eddy.model.detector.DetectorNetworks;
import dev.eddy.model.detector.NetworkSettings;
import dev.eddy.scoring.DetectionSettings.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Trains the detecting ensemble on samples of which most have no label.
 *
 * <p>Labelled anomalies are kept from everything that learns or measures what is normal; only the
 * supervised discriminators see them. Of the other rows a fifth, in blocks of neighbouring rows, is
 * held out: parts are trained on the rest, and calibrated and fused on what they have not seen. On
 * contaminated data the fifth of the training rows that looks most anomalous to the autoencoder is
 * kept from the parts that measure distances to normal rows.
 */
public final class DetectionTrainer {
  private static final int FEWEST_SAMPLES = 50;
  private static final double TRUSTED_SHARE = 0.8;

  private final DetectionSettings settings;
  private final DeviceListener deviceListener;
  private final TrainingListener progress;

  /** Makes a trainer that tells nobody how it goes; it keeps no state between trainings. */
  public DetectionTrainer(DetectionSettings settings) {
    this(settings, DeviceListener.NONE, TrainingListener.NONE);
  }

  /** Makes a trainer; it keeps no state between trainings. */
  public DetectionTrainer(
      DetectionSettings settings, DeviceListener deviceListener, TrainingListener progress) {
    this.settings = requireNonNull(settings, "settings");
    this.deviceListener = requireNonNull(deviceListener, "deviceListener");
    this.progress = requireNonNull(progress, "progress");
  }

  /**
   * Trains a model. The same samples, settings and seed give the same weights on the CPU.
   *
   * @param encoder fitted on the same samples
   * @param samples in the order in which they came, so that neighbours are alike; at least 50 that
   *     are not labelled anomalous
   * @throws IllegalArgumentException if there are too few samples, or they are all equal
   */
  public DetectionModel train(
      Encoder encoder, List<Sample> samples, long seed, ModelDevice device) {
    SplittableRandom seeds = new SplittableRandom(seed);
    SampleSplit split = SampleSplit.of(samples, seeds.split());
    if (split.unlabelled() < FEWEST_SAMPLES) {
      throw new IllegalArgumentException(
          "training must have at least %d samples that are not labelled anomalous, got %d"
              .formatted(FEWEST_SAMPLES, split.unlabelled()));
    }
    FeatureMatrix linear = encode(encoder, samples, split.training());
    Standardizer standardizer = Standardizer.fit(encoder.columns(), linear);
    DetectorInput rows = standardizer.standardize(linear);
    DetectorInput heldOut = standardizer.standardize(encode(encoder, samples, split.heldOut()));
    DetectorInput anomalies = standardizer.standardize(encode(encoder, samples, split.anomalies()));

    DetectorNetworks networks = trainNetworks(rows, anomalies, seeds.nextLong(), device);
    List<String> names = new ArrayList<>();
    List<Double> weights = new ArrayList<>();
    List<double[]> reference = new ArrayList<>();
    TrainingRows untrimmed = new TrainingRows(encoder.columns(), standardizer, rows, rows);
    DetectorInput trusted = rows.select(mostTrusted(distances(untrimmed)));
    if (networks != null) {
      try (NetworkDetector opened = new NetworkDetector(networks.open(device, deviceListener))) {
        trusted = rows.select(mostTrusted(opened.elbo(rows)));
        for (String name : opened.scoreNames()) {
          names.add(name);
          weights.add(NetworkDetector.weight(name, settings.mode()));
        }
        reference.addAll(List.of(EnsembleScorer.raw(List.of(opened), heldOut)));
      }
    }
    TrainingRows training = new TrainingRows(encoder.columns(), standardizer, rows, trusted);
    Map<DetectorFamily, TrainedDetector> detectors = trainDetectors(training, seeds);
    for (Map.Entry<DetectorFamily, TrainedDetector> entry : detectors.entrySet()) {
      Map<String, Double> byName = entry.getKey().weights(settings.mode());
      for (String name : entry.getValue().scoreNames()) {
        names.add(name);
        weights.add(requireNonNull(byName.get(name), name));
      }
      reference.addAll(List.of(EnsembleScorer.raw(List.of(entry.getValue().open()), heldOut)));
    }
    if (names.isEmpty()) {
      throw new IllegalArgumentException(
          "parts must include one that can learn in mode %s, got %s"
              .formatted(settings.mode(), settings.parts()));
    }
    Fusion fusion =
        Fusion.fit(
            settings.mode(),
            names,
            weights.stream().mapToDouble(Double::doubleValue).toArray(),
            reference.toArray(double[][]::new),
            split.anomalies().length);
    return new DetectionModel(
        encoder, standardizer, networks, detectors, fusion, figures(split, trusted, fusion));
  }

  private static FeatureMatrix encode(Encoder encoder, List<Sample> samples, int[] places) {
    FeatureMatrix rows = new FeatureMatrix(encoder.width(), places.length);
    for (int place : places) {
      encoder.encode(samples.get(place).observation(), rows);
    }
    return rows;
  }

  private @Nullable DetectorNetworks trainNetworks(
      DetectorInput rows, DetectorInput anomalies, long seed, ModelDevice device) {
    boolean discriminators = settings.parts().contains(Part.DISCRIMINATOR);
    if (!discriminators && !settings.parts().contains(Part.VAE)) {
      return null;
    }
    NetworkSettings networks =
        settings.mode() == DetectionSettings.Mode.CONTAMINATED
            ? NetworkSettings.CONTAMINATED
            : NetworkSettings.ONE_CLASS;
    return DetectorNetworks.train(
        NetworkDetector.rows(rows),
        NetworkDetector.rows(anomalies),
        discriminators ? networks : networks.withoutDiscriminators(),
        seed,
        device,
        deviceListener,
        progress);
  }

  private Map<DetectorFamily, TrainedDetector> trainDetectors(
      TrainingRows training, SplittableRandom seeds) {
    Map<DetectorFamily, TrainedDetector> detectors = new LinkedHashMap<>();
    for (DetectorFamily family : DetectorFamilies.ALL) {
      long seed = seeds.nextLong(); // drawn for every family: leaving one out changes no other
      if (settings.parts().contains(family.part()) && !family.weights(settings.mode()).isEmpty()) {
        family
            .train(training, settings.mode(), seed)
            .ifPresent(detector -> detectors.put(family, detector));
      }
    }
    return detectors;
  }

  /** Returns the places of the rows with the lowest scores, in their own order. */
  private static int[] mostTrusted(double[] scores) {
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    double limit = sorted[(int) (TRUSTED_SHARE * (sorted.length - 1))];
    return IntStream.range(0, scores.length).filter(row -> scores[row] <= limit).toArray();
  }

  /** Returns how far each row is from others, for want of an autoencoder. */
  private static double[] distances(TrainingRows training) {
    return NeighbourDetector.FAMILY
        .train(training, DetectionSettings.Mode.CONTAMINATED, 0)
        .orElseThrow()
        .open()
        .score(training.rows())[0];
  }

  private static Map<String, Double> figures(
      SampleSplit split, DetectorInput trusted, Fusion fusion) {
    return Map.of(
        "trainingRows", (double) split.training().length,
        "heldOutRows", (double) split.heldOut().length,
        "labelledAnomalies", (double) split.anomalies().length,
        "trustedRows", (double) trusted.rows(),
        "calibrationRows", (double) fusion.referenceRows());
  }
}
