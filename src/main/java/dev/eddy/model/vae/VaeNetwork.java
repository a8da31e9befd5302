package dev.eddy.model.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.eddy.model.Mlp;
import dev.eddy.model.Parameters;
import dev.eddy.model.Tensors;
import java.util.SplittableRandom;

/**
 * The autoencoder's layers: encoder d-48-24-2z, decoder z-24-48-d. Every result joins the manager
 * of its first argument.
 */
public final class VaeNetwork {
  private static final int OUTER = 48;
  private static final int INNER = 24;
  private static final double LOG_VARIANCE_LIMIT = 8;
  private static final double RESIDUAL_LIMIT = 15;

  private final String prefix;
  private final int features;
  private final int latents;
  private final Mlp encoder;
  private final Mlp decoder;

  /** What the encoder says of a batch; both of shape (batch, latents). */
  record Posterior(NDArray mean, NDArray logVariance) {}

  /** Names a network of a width. */
  VaeNetwork(String prefix, int features) {
    this.prefix = prefix;
    this.features = features;
    this.latents = Math.max(2, Math.min(8, features / 4));
    this.encoder = new Mlp(prefix + "encoder.", features, OUTER, INNER, 2 * latents);
    this.decoder = new Mlp(prefix + "decoder.", latents, INNER, OUTER, features);
  }

  /** Names the network that trained tensors belong to. */
  public static VaeNetwork of(String prefix, Tensors tensors) {
    return new VaeNetwork(prefix, tensors.get(prefix + "encoder.0.weight").dimension(1));
  }

  /** Returns the width of a row that it takes. */
  public int features() {
    return features;
  }

  int latents() {
    return latents;
  }

  Tensors initial(SplittableRandom random) {
    return encoder.initial(random).with(decoder.initial(random));
  }

  Posterior encode(NDArray x, Parameters parameters) {
    PtNDArray both = (PtNDArray) encoder.apply(parameters, x);
    return new Posterior(
        JniUtils.slice(both, 1, 0, latents, 1),
        JniUtils.slice(both, 1, latents, 2L * latents, 1)
            .clip(-LOG_VARIANCE_LIMIT, LOG_VARIANCE_LIMIT));
  }

  NDArray decode(NDArray z, Parameters parameters) {
    return decoder.apply(parameters, z);
  }

  /** Returns KL(q(z|x) || N(0, I)) in nats; shape (batch). */
  static NDArray kl(Posterior posterior) {
    NDArray logVariance = posterior.logVariance();
    return logVariance
        .exp()
        .add(posterior.mean().square())
        .sub(logVariance)
        .sub(1)
        .sum(new int[] {1})
        .mul(0.5f);
  }

  /** One batch through encoder and decoder at the latent mean. */
  public final class Pass {
    private final Parameters parameters;
    private final Posterior posterior;
    private final NDArray reconstruction;
    private final NDArray error;

    private Pass(NDArray x, Parameters parameters) {
      this.parameters = parameters;
      this.posterior = encode(x, parameters);
      this.reconstruction = decode(posterior.mean(), parameters);
      this.error = x.sub(reconstruction).div(parameters.get(prefix + "sigma"));
    }

    /** Returns what the network expects; shape (batch, features). */
    public NDArray reconstruction() {
      return reconstruction;
    }

    /** Returns KL(q(z|x) || N(0, I)) in nats; shape (batch). */
    NDArray kl() {
      return VaeNetwork.kl(posterior);
    }

    /** Returns -log p(x|z) + KL in nats, up to {@link Vae#logPartition}; shape (batch). */
    public NDArray elboLoss() {
      return error.square().sum(new int[] {1}).mul(0.5f).add(kl());
    }

    /**
     * Returns the latent mean and the error in standard deviations; (batch, latents + features).
     */
    NDArray rawResiduals() {
      return NDArrays.concat(new NDList(posterior.mean(), error), 1);
    }

    /** Returns the same, standardised over the training rows and clipped to [-15, 15]. */
    public NDArray residuals() {
      return rawResiduals()
          .sub(parameters.get(prefix + "residual.mean"))
          .div(parameters.get(prefix + "residual.deviation"))
          .clip(-RESIDUAL_LIMIT, RESIDUAL_LIMIT);
    }
  }

  /** Runs a batch of shape (batch, features) through a trained network. */
  public Pass pass(NDArray x, Parameters parameters) {
    return new Pass(x, parameters);
  }

  /** Returns KL(q(z|x) || N(0, I)) in nats; shape (batch). Runs the encoder alone. */
  public NDArray kl(NDArray x, Parameters parameters) {
    return kl(encode(x, parameters));
  }
}
