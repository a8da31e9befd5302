package dev.eddy.scoring;

import static java.util.Objects.requireNonNull;

import dev.eddy.definition.Detection;
import dev.eddy.feature.Encoder;
import dev.eddy.feature.Sample;
import dev.eddy.feature.Sample.Truth;
import dev.eddy.model.DeviceListener;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.TimeBudget;
import dev.eddy.model.TrainingListener;
import dev.eddy.model.TrainingTask;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Trains the detecting ensemble on samples of which most have no label.
 *
 * <p>Labelled anomalies are kept from everything that learns or measures what is normal; only the
 * supervised discriminators and trees see them. Of the other rows a fifth, in blocks of
 * neighbouring rows, is held out: parts are trained on the rest, and calibrated and fused on what
 * they have not seen. On contaminated data the fifth of the training rows that looks most anomalous
 * to the autoencoder is kept from the parts that measure distances to normal rows.
 *
 * <p>Where nine tenths of the rows that are not labelled anomalous are labelled normal, little is
 * left that could contaminate them: they are trained on as normal data, unless the settings say
 * what they are.
 */
public final class DetectionTrainer {
  private static final int FEWEST_SAMPLES = 50;
  private static final double KNOWN_SHARE = 0.9;

  private final Detection settings;
  private final DeviceListener deviceListener;
  private final TrainingListener progress;
  private final LongSupplier nanoTime;

  /** Makes a trainer that tells nobody how it goes; it keeps no state between trainings. */
  public DetectionTrainer(Detection settings) {
    this(settings, DeviceListener.NONE, TrainingListener.NONE);
  }

  /** Makes a trainer; it keeps no state between trainings. */
  public DetectionTrainer(
      Detection settings, DeviceListener deviceListener, TrainingListener progress) {
    this(settings, deviceListener, progress, TimeBudget::processorTime);
  }

  /** Makes a trainer with a clock of its own to keep the training budget by. */
  DetectionTrainer(
      Detection settings,
      DeviceListener deviceListener,
      TrainingListener progress,
      LongSupplier nanoTime) {
    this.settings = requireNonNull(settings, "settings");
    this.deviceListener = requireNonNull(deviceListener, "deviceListener");
    this.progress = requireNonNull(progress, "progress");
    this.nanoTime = requireNonNull(nanoTime, "nanoTime");
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
    return train(encoder, samples, seed, null, device);
  }

  /**
   * Trains a model whose networks go on from those of an earlier one, where it reads the same
   * columns. The same samples, settings, seed and earlier model give the same weights on the CPU.
   *
   * @param earlier null: begin with random weights
   * @throws IllegalArgumentException if there are too few samples, or they are all equal
   */
  public DetectionModel train(
      Encoder encoder,
      List<Sample> samples,
      long seed,
      @Nullable DetectionModel earlier,
      ModelDevice device) {
    SplittableRandom seeds = new SplittableRandom(seed);
    SampleSplit split = SampleSplit.of(samples, encoder.width(), seeds.split());
    if (split.unlabelled() < FEWEST_SAMPLES) {
      throw new IllegalArgumentException(
          "training must have at least %d samples that are not labelled anomalous, got %d"
              .formatted(FEWEST_SAMPLES, split.unlabelled()));
    }
    TimeBudget budget =
        new TimeBudget(
            settings.trainingBudget(), networks(settings, split.anomalies().length), nanoTime);
    TrainingTask task = new TrainingTask(device, deviceListener, progress, budget);
    return new EnsembleTraining(settings, mode(samples), task, encoder, samples, split, earlier)
        .run(seeds);
  }

  /** Returns how many networks will be trained at most. */
  static int networks(Detection settings, int anomalies) {
    return NetworkDetector.networks(settings, anomalies)
        + DetectorFamilies.ALL.stream()
            .filter(family -> settings.detectors().contains(family.part()))
            .mapToInt(DetectorFamily::networks)
            .sum();
  }

  private Mode mode(List<Sample> samples) {
    return switch (settings.mode()) {
      case CONTAMINATED -> Mode.CONTAMINATED;
      case ONE_CLASS -> Mode.ONE_CLASS;
      case AUTO -> isKnown(samples) ? Mode.ONE_CLASS : Mode.CONTAMINATED;
    };
  }

  private static boolean isKnown(List<Sample> samples) {
    long others = samples.stream().filter(sample -> sample.truth() != Truth.ANOMALOUS).count();
    long normal = samples.stream().filter(sample -> sample.truth() == Truth.NORMAL).count();
    return normal >= KNOWN_SHARE * others;
  }
}
