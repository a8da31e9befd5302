package dev.eddy.model.detector;

import dev.eddy.definition.Detection.Objective;
import dev.eddy.feature.FeatureMatrix;
import dev.eddy.model.Matrices;
import dev.eddy.model.Tensors;
import dev.eddy.model.TrainingTask;
import dev.eddy.model.WarmStart;
import dev.eddy.model.gan.AdversarialSettings;
import dev.eddy.model.gan.Critic;
import dev.eddy.model.gan.Discriminator;
import dev.eddy.model.gan.DiscriminatorSettings;
import dev.eddy.model.vae.Vae;
import dev.eddy.model.vae.VaeScorer;
import dev.eddy.model.vae.VaeSettings;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Trains the networks one after the other; each has a seed of its own. */
final class NetworkTraining {
  private static final int CHUNK = 4096;
  private static final int GENERATED = 4096;
  private static final double OWN_TRIM = 0.2;

  private final NetworkSettings settings;
  private final TrainingTask task;
  private final SplittableRandom seeds;

  NetworkTraining(NetworkSettings settings, long seed, TrainingTask task) {
    this.settings = settings;
    this.task = task;
    this.seeds = new SplittableRandom(seed);
  }

  Tensors autoencoders(NetworkRows rows) {
    VaeSettings asinh =
        configured(VaeSettings.ASINH).withTrim(settings.trim()).withWindow(settings.window());
    VaeSettings linear = configured(VaeSettings.LINEAR);
    return vae(Networks.VAE_ASINH, rows.asinh(), rows.compression(), asinh)
        .with(vae(Networks.VAE_LINEAR, rows.standardised(), new double[rows.rows()], linear));
  }

  /** The longer training gave an AUPRC of .534 instead of .529 over 11 contaminated public sets. */
  private VaeSettings configured(VaeSettings recipe) {
    return recipe.withBeta(settings.beta()).withSteps(2 * settings.steps());
  }

  private Tensors vae(String name, FeatureMatrix rows, double[] compression, VaeSettings of) {
    return Vae.train(name, rows, compression, of, seeds.nextLong(), task).prefixed(name + ".");
  }

  Tensors discriminators(Tensors vae, NetworkRows rows, NetworkRows anomalies) {
    Tensors all;
    try (VaeScorer scorer =
        Vae.open(vae.under(Networks.VAE_ASINH + "."), task.device(), task.deviceListener())) {
      if (settings.objective() != Objective.NOISE_CONTRASTIVE) {
        all = critic(scorer, rows);
      } else if (settings.contaminated()) {
        all = contaminated(scorer, rows);
      } else {
        all = pure(scorer, rows.asinh());
      }
    }
    return anomalies.rows() < settings.minimumAnomalies()
        ? all
        : all.with(labelled(rows, anomalies));
  }

  /**
   * The autoencoder, not the discriminator itself, says which rows are ordinary: so generated rows
   * in normal regions cannot make the discriminator give such regions up. Over 11 public sets this
   * gave an AUPRC of 53.4 for all four networks, against 50.0 for own trimming and noise alone.
   */
  private Tensors contaminated(VaeScorer scorer, NetworkRows rows) {
    FeatureMatrix ordinary = rows.asinh().select(ordinary(scorer, rows));
    FeatureMatrix generated = scorer.sample(GENERATED, seeds.nextLong());
    double trim = Math.min(OWN_TRIM, settings.trim());
    return unlabelled(scorer, Discriminator.Rows.generated(ordinary, generated), trim);
  }

  /** On normal rows alone the same costs instead: AUPRC 54.0 against 58.5 over 7 of the sets. */
  private Tensors pure(VaeScorer scorer, FeatureMatrix asinh) {
    return unlabelled(scorer, Discriminator.Rows.real(asinh), settings.trim());
  }

  private Tensors critic(VaeScorer scorer, NetworkRows rows) {
    FeatureMatrix asinh = rows.asinh();
    FeatureMatrix real = settings.contaminated() ? asinh.select(ordinary(scorer, rows)) : asinh;
    AdversarialSettings adversarial =
        new AdversarialSettings(settings.objective(), settings.steps());
    return Critic.train(Networks.CRITIC, real, adversarial, seeds.nextLong(), task)
        .prefixed(Networks.CRITIC + ".");
  }

  private Tensors unlabelled(VaeScorer scorer, Discriminator.Rows rows, double trim) {
    var residuals = Discriminator.Rows.real(residuals(scorer, rows.real()));
    double residualTrim = Math.min(OWN_TRIM, settings.trim());
    return discriminator(Networks.ROWS, rows, DiscriminatorSettings.ROWS.withTrim(trim), task)
        .with(
            discriminator(
                Networks.RESIDUALS,
                residuals,
                DiscriminatorSettings.RESIDUALS.withTrim(residualTrim),
                task));
  }

  /** Returns the rows of lowest negative ELBO, all but the trimmed share of them. */
  private int[] ordinary(VaeScorer scorer, NetworkRows rows) {
    double[] scores =
        Matrices.chunks(rows.asinh(), CHUNK).stream()
            .flatMapToDouble(chunk -> Arrays.stream(scorer.score(chunk).negativeElbo()))
            .toArray();
    Arrays.setAll(scores, row -> scores[row] + rows.compression()[row]);
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparingDouble(row -> scores[row]))
        .limit(Math.max(1, Math.round((1 - settings.trim()) * scores.length)))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /**
   * These always begin with random weights: every few new labels are another task. Going on from
   * earlier ones instead cost .025 of the fused AUPRC over 11 public sets.
   */
  private Tensors labelled(NetworkRows rows, NetworkRows anomalies) {
    TrainingTask fresh = task.from(WarmStart.NONE);
    var linear = Discriminator.Rows.labelled(rows.standardised(), anomalies.standardised());
    var asinh = Discriminator.Rows.labelled(rows.asinh(), anomalies.asinh());
    DiscriminatorSettings plain = DiscriminatorSettings.LABELLED_PLAIN;
    return discriminator(Networks.LABELLED_LINEAR, linear, DiscriminatorSettings.LABELLED, fresh)
        .with(discriminator(Networks.LABELLED_ASINH, asinh, DiscriminatorSettings.LABELLED, fresh))
        .with(discriminator(Networks.LABELLED_PLAIN, linear, plain, fresh));
  }

  private Tensors discriminator(
      String name, Discriminator.Rows rows, DiscriminatorSettings of, TrainingTask from) {
    return Discriminator.train(name, rows, of.withSteps(settings.steps()), seeds.nextLong(), from)
        .prefixed(name + ".");
  }

  private static FeatureMatrix residuals(VaeScorer scorer, FeatureMatrix rows) {
    List<FeatureMatrix> chunks =
        Matrices.chunks(rows, CHUNK).stream().map(scorer::residuals).toList();
    FeatureMatrix all = new FeatureMatrix(chunks.get(0).columns(), rows.rows());
    for (FeatureMatrix chunk : chunks) {
      for (int row = 0; row < chunk.rows(); row++) {
        all.append(chunk.row(row));
      }
    }
    return all;
  }
}
