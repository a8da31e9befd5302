package dev.eddy.model.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
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
 * An autoencoder whose reconstruction error is measured in the features of a discriminator, the
 * last hidden layer, instead of in the columns. The score is that error.
 *
 * <p>Larsen et al., "Autoencoding beyond pixels using a learned similarity metric", 2016,
 * arXiv:1512.09300. Deviation: encoder and decoder minimise one sum, in which the adversarial term
 * reaches the decoder alone.
 */
public final class VaeGan extends EncodingGan {
  private static final float ADVERSARIAL_WEIGHT = 0.1f;
  private static final float LOG_VARIANCE_LIMIT = 8;

  private final int latents;

  private VaeGan(int features, String criticPrefix) {
    super(
        new Mlp("encoder.", features, HIDDEN, HIDDEN, 2 * Latents.of(features)),
        new Mlp("decoder.", Latents.of(features), HIDDEN, HIDDEN, features),
        new DiscriminatorNetwork(criticPrefix, features));
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
    return train(VaeGan::new, name, rows, settings, seed, task);
  }

  /** Copies trained networks to a device; the caller closes. */
  public static RowScorer open(Tensors tensors, ModelDevice device, DeviceListener listener) {
    return open(VaeGan::new, tensors, device, listener);
  }

  @Override
  NDArray criticLoss(Turn turn, AdversarialLoss loss) {
    return loss.critic(critic, turn, turn.x(), fakes(turn, sample(turn)));
  }

  @Override
  NDArray generatorLoss(Turn turn, AdversarialLoss loss) {
    Posterior posterior = encode(turn.x(), turn.generator());
    NDArray z = sample(turn, posterior);
    NDArray wanted = critic.features(turn.x(), turn.critic()).stopGradient();
    NDArray found = critic.features(generator.apply(turn.generator(), z), turn.critic());
    NDArray adversarial =
        loss.generator(critic.logits(fakes(turn, z.stopGradient()), turn.critic()));
    return posterior
        .kl()
        .add(Scale.by(wanted.sub(found).square().sum(new int[] {1}).mean(), 0.5f))
        .add(Scale.by(adversarial, ADVERSARIAL_WEIGHT));
  }

  private record Posterior(NDArray mean, NDArray logVariance) {
    /** Returns the mean KL divergence from N(0, I), in nats. */
    NDArray kl() {
      NDArray sums =
          logVariance.exp().add(mean.square()).sub(logVariance).sub(1f).sum(new int[] {1});
      return Scale.by(sums.mean(), 0.5f);
    }
  }

  private Posterior encode(NDArray x, Parameters parameters) {
    PtNDArray both = (PtNDArray) encoder.apply(parameters, x);
    return new Posterior(
        JniUtils.slice(both, 1, 0, latents, 1),
        JniUtils.slice(both, 1, latents, 2L * latents, 1)
            .clip(-LOG_VARIANCE_LIMIT, LOG_VARIANCE_LIMIT));
  }

  private NDArray sample(Turn turn) {
    return sample(turn, encode(turn.x(), turn.generator()));
  }

  private NDArray sample(Turn turn, Posterior posterior) {
    NDArray deviation = Scale.by(posterior.logVariance(), 0.5f).exp();
    return turn.normal(latents).mul(deviation).add(posterior.mean());
  }

  /** Returns reconstructions for one half of the batch, samples of the prior for the other. */
  private NDArray fakes(Turn turn, NDArray z) {
    int half = (turn.rows() + 1) / 2;
    NDArray prior = JniUtils.slice((PtNDArray) turn.normal(latents), 0, 0, turn.rows() - half, 1);
    NDArray encoded = JniUtils.slice((PtNDArray) z, 0, 0, half, 1);
    return generator.apply(turn.generator(), NDArrays.concat(new NDList(encoded, prior), 0));
  }

  @Override
  NDArray score(NDArray x, Parameters parameters) {
    NDArray mean = encode(x, parameters).mean();
    NDArray reconstruction = generator.apply(parameters, mean);
    return critic
        .features(x, parameters::get)
        .sub(critic.features(reconstruction, parameters::get))
        .square()
        .sum(new int[] {1});
  }
}
