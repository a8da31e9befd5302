package dev.eddy.model.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import dev.eddy.feature.FeatureMatrix;
import dev.eddy.model.DeviceListener;
import dev.eddy.model.Mlp;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.Parameters;
import dev.eddy.model.Scale;
import dev.eddy.model.Tensors;
import dev.eddy.model.TrainingTask;
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
public final class Bigan extends EncodingGan {
  private static final float RECONSTRUCTION_SHARE = 0.9f;

  private final int features;
  private final int latents;

  private Bigan(int features, String criticPrefix) {
    super(
        new Mlp("encoder.", features, HIDDEN, HIDDEN, Latents.of(features)),
        new Mlp("generator.", Latents.of(features), HIDDEN, HIDDEN, features),
        new DiscriminatorNetwork(criticPrefix, features + Latents.of(features)));
    this.features = features;
    this.latents = Latents.of(features);
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
    return train(Bigan::new, name, rows, settings, seed, task);
  }

  /** Copies trained networks to a device; the caller closes. */
  public static RowScorer open(Tensors tensors, ModelDevice device, DeviceListener listener) {
    return open(Bigan::new, tensors, device, listener);
  }

  @Override
  NDArray criticLoss(Turn turn, AdversarialLoss loss) {
    NDArray encoding = encoder.apply(turn.generator(), turn.x()).stopGradient();
    return loss.critic(critic, turn, pair(turn.x(), encoding), generated(turn));
  }

  @Override
  NDArray generatorLoss(Turn turn, AdversarialLoss loss) {
    NDArray encoding = encoder.apply(turn.generator(), turn.x());
    NDArray onReal = critic.logits(pair(turn.x(), encoding), turn.critic());
    NDArray onFake = critic.logits(generated(turn), turn.critic());
    NDArray reconstruction = generator.apply(turn.generator(), encoding);
    return loss.generator(onFake)
        .add(loss.generator(onReal.neg()))
        .add(turn.x().sub(reconstruction).abs().mean());
  }

  private NDArray generated(Turn turn) {
    NDArray z = turn.normal(latents);
    return pair(generator.apply(turn.generator(), z), z);
  }

  private static NDArray pair(NDArray x, NDArray z) {
    return NDArrays.concat(new NDList(x, z), 1);
  }

  @Override
  NDArray score(NDArray x, Parameters parameters) {
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
