package dev.eddy.model.detector;

import dev.eddy.feature.FeatureMatrix;
import dev.eddy.model.DeviceListener;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.Tensors;
import dev.eddy.model.TrainingListener;
import dev.eddy.model.gan.Discriminator;
import dev.eddy.model.gan.DiscriminatorSettings;
import dev.eddy.model.vae.Vae;
import dev.eddy.model.vae.VaeScorer;
import dev.eddy.model.vae.VaeSettings;
import java.util.SplittableRandom;

/** Trains the networks one after the other; each has a seed of its own. */
final class NetworkTraining {
  private static final int CHUNK = 4096;
  private static final int GENERATED = 4096;

  private final NetworkSettings settings;
  private final ModelDevice device;
  private final DeviceListener deviceListener;
  private final TrainingListener progress;
  private final SplittableRandom seeds;

  NetworkTraining(
      NetworkSettings settings,
      long seed,
      ModelDevice device,
      DeviceListener deviceListener,
      TrainingListener progress) {
    this.settings = settings;
    this.device = device;
    this.deviceListener = deviceListener;
    this.progress = progress;
    this.seeds = new SplittableRandom(seed);
  }

  Tensors autoencoders(NetworkRows rows) {
    VaeSettings asinh = VaeSettings.ASINH.withTrim(settings.trim()).withSteps(settings.steps());
    VaeSettings linear = VaeSettings.LINEAR.withSteps(settings.steps());
    return vae(Networks.VAE_ASINH, rows.asinh(), asinh)
        .with(vae(Networks.VAE_LINEAR, rows.standardised(), linear));
  }

  private Tensors vae(String name, FeatureMatrix rows, VaeSettings of) {
    return Vae.train(name, rows, of, seeds.nextLong(), device, deviceListener, progress)
        .prefixed(name + ".");
  }

  Tensors discriminators(Tensors vae, NetworkRows rows, NetworkRows anomalies) {
    Tensors asinh = vae.under(Networks.VAE_ASINH + ".");
    Tensors all;
    try (VaeScorer scorer = Vae.open(asinh, device, deviceListener)) {
      FeatureMatrix generated = scorer.sample(GENERATED, seeds.nextLong());
      all =
          discriminator(
                  Networks.ROWS,
                  Discriminator.Rows.generated(rows.asinh(), generated),
                  DiscriminatorSettings.ROWS.withTrim(settings.trim()))
              .with(
                  discriminator(
                      Networks.RESIDUALS,
                      Discriminator.Rows.real(residuals(scorer, rows.asinh())),
                      DiscriminatorSettings.RESIDUALS));
    }
    return anomalies.rows() < settings.minimumAnomalies()
        ? all
        : all.with(labelled(rows, anomalies));
  }

  private Tensors labelled(NetworkRows rows, NetworkRows anomalies) {
    var linear = Discriminator.Rows.labelled(rows.standardised(), anomalies.standardised());
    var asinh = Discriminator.Rows.labelled(rows.asinh(), anomalies.asinh());
    return discriminator(Networks.LABELLED_LINEAR, linear, DiscriminatorSettings.LABELLED)
        .with(discriminator(Networks.LABELLED_ASINH, asinh, DiscriminatorSettings.LABELLED))
        .with(discriminator(Networks.LABELLED_PLAIN, linear, DiscriminatorSettings.LABELLED_PLAIN));
  }

  private Tensors discriminator(String name, Discriminator.Rows rows, DiscriminatorSettings of) {
    return Discriminator.train(
            name,
            rows,
            of.withSteps(settings.steps()),
            seeds.nextLong(),
            device,
            deviceListener,
            progress)
        .prefixed(name + ".");
  }

  private static FeatureMatrix residuals(VaeScorer scorer, FeatureMatrix rows) {
    FeatureMatrix first = scorer.residuals(rows.select(range(rows, 0)));
    FeatureMatrix all = new FeatureMatrix(first.columns(), rows.rows());
    append(all, first);
    for (int start = CHUNK; start < rows.rows(); start += CHUNK) {
      append(all, scorer.residuals(rows.select(range(rows, start))));
    }
    return all;
  }

  private static int[] range(FeatureMatrix rows, int start) {
    int[] indices = new int[Math.min(CHUNK, rows.rows() - start)];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = start + i;
    }
    return indices;
  }

  private static void append(FeatureMatrix all, FeatureMatrix rows) {
    for (int i = 0; i < rows.rows(); i++) {
      all.append(rows.row(i));
    }
  }
}
