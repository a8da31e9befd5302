package dev.eddy.model.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import dev.eddy.feature.FeatureMatrix;
import dev.eddy.model.DeviceListener;
import dev.eddy.model.Engines;
import dev.eddy.model.Mlp;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.Noise;
import dev.eddy.model.Parameters;
import dev.eddy.model.Scale;
import dev.eddy.model.Tensors;
import dev.eddy.model.TrainingTask;
import dev.eddy.model.gan.AdversarialTraining.Players;
import dev.eddy.model.gan.AdversarialTraining.Turn;

/**
 * A GAN with an encoder beside the generator: its critic tells pairs of (row, encoding) from pairs
 * of (generated row, noise), so that encoder and generator become each other's inverse (Donahue et
 * al., "Adversarial Feature Learning", 2017, arXiv:1605.09782). The score is 0.9 of the mean
 * reconstruction error and 0.1 of the mean distance of the critic's features for the row and for
 * its reconstruction, as in Zenati et al., "Efficient GAN-Based Anomaly Detection", 2018,
 * arXiv:1802.06222, which spares the search for an encoding that AnoGAN needs (Schlegl et al.,
 * 2017, arXiv:1703.05921).
 *
 * <p>Deviation: encoder and generator minimise the reconstruction error as well, which does for a
 * row what the further critics of ALAD do (Zenati et al., "Adversarially Learned Anomaly
 * Detection", 2018, arXiv:1812.02288).
 */
public final class Bigan {
  private static final int HIDDEN = 64;
  private static final float RECONSTRUCTION_SHARE = 0.9f;
  private static final String CRITIC = "critic.";

  private final int features;
  private final int latents;
  private final Mlp encoder;
  private final Mlp generator;
  private final DiscriminatorNetwork critic;

  private Bigan(int features, String criticPrefix) {
    this.features = features;
    this.latents = Latents.of(features);
    this.encoder = new Mlp("encoder.", features, HIDDEN, HIDDEN, latents);
    this.generator = new Mlp("generator.", latents, HIDDEN, HIDDEN, features);
    this.critic = new DiscriminatorNetwork(criticPrefix, features + latents);
  }

  /**
   * Trains the three networks. The same rows, settings and seed give the same tensors on the CPU.
   *
   * @param name for progress and errors
   * @param rows standardised, at least two
   * @throws dev.eddy.model.TrainingDivergedException if a loss is not finite
   */
  public static Tensors train(
      String name, FeatureMatrix rows, AdversarialSettings settings, long seed, TrainingTask task) {
    return Engines.run(
        task.device(),
        task.deviceListener(),
        where ->
            new Bigan(rows.columns(), "")
                .train(name, rows, settings, new Noise(seed), where, task));
  }

  /** Copies trained networks to a device; the caller closes. */
  public static RowScorer open(Tensors tensors, ModelDevice device, DeviceListener listener) {
    int features = tensors.get("encoder.0.weight").dimension(1);
    Bigan networks = new Bigan(features, CRITIC);
    return new RowScorer(features, networks::score, tensors, device, listener);
  }

  private Tensors train(
      String name,
      FeatureMatrix rows,
      AdversarialSettings settings,
      Noise noise,
      ModelDevice device,
      TrainingTask task) {
    AdversarialLoss loss = new AdversarialLoss(settings.objective());
    Tensors makers = encoder.initial(noise.random()).with(generator.initial(noise.random()));
    var game =
        new AdversarialTraining.Game() {
          @Override
          public NDArray criticLoss(Turn turn) {
            NDArray encoding = encoder.apply(turn.generator(), turn.x()).stopGradient();
            return loss.critic(critic, turn, pair(turn.x(), encoding), generated(turn));
          }

          @Override
          public NDArray generatorLoss(Turn turn) {
            NDArray encoding = encoder.apply(turn.generator(), turn.x());
            NDArray onReal = critic.logits(pair(turn.x(), encoding), turn.critic());
            NDArray onFake = critic.logits(generated(turn), turn.critic());
            NDArray reconstruction = generator.apply(turn.generator(), encoding);
            return loss.generator(onFake)
                .add(loss.generator(onReal.neg()))
                .add(turn.x().sub(reconstruction).abs().mean());
          }
        };
    Players trained =
        new AdversarialTraining(rows, settings, noise)
            .train(
                name,
                new Players(critic.initial(noise.random()), makers),
                critic.weightNames(),
                game,
                device,
                task);
    return trained.generator().with(trained.critic().prefixed(CRITIC));
  }

  private NDArray generated(Turn turn) {
    NDArray z = turn.normal(latents);
    return pair(generator.apply(turn.generator(), z), z);
  }

  private static NDArray pair(NDArray x, NDArray z) {
    return NDArrays.concat(new NDList(x, z), 1);
  }

  private NDArray score(NDArray x, Parameters parameters) {
    NDArray encoding = encoder.apply(parameters, x);
    NDArray reconstruction = generator.apply(parameters, encoding);
    NDArray error = Scale.by(x.sub(reconstruction).abs().sum(new int[] {1}), 1f / features);
    NDArray distance =
        critic
            .features(pair(x, encoding), parameters::get)
            .sub(critic.features(pair(reconstruction, encoding), parameters::get))
            .abs()
            .mean(new int[] {1});
    return Scale.by(error, RECONSTRUCTION_SHARE).add(Scale.by(distance, 1 - RECONSTRUCTION_SHARE));
  }
}
