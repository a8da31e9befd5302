package dev.eddy.model.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.eddy.model.Mlp;
import dev.eddy.model.Parameters;
import dev.eddy.model.Tensor;
import dev.eddy.model.Tensors;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The autoencoder's layers: encoder d-48-24-2z, decoder z-24-48-d. With a {@link VaeWindow}, the
 * encoder gets the features of a {@link SequenceNetwork} in place of the window's columns; the
 * decoder makes all columns by itself. Every result joins the manager of its first array.
 *
 * <p>A call of the engine costs as much as a matrix product of a few hundred rows of this size, and
 * a number given as an argument costs two. So scoring leaves constants to the heap ({@link
 * #negativeElbo}, {@link #kl(double)}) and takes the others from {@link #forScoring}.
 */
public final class VaeNetwork {
  private static final int OUTER = 48;
  private static final int INNER = 24;
  private static final int[] ROW = {1};
  private static final float LOG_VARIANCE_LIMIT = 8;
  private static final float RESIDUAL_LIMIT = 15;

  private final String prefix;
  private final int features;
  private final int latents;
  private final @Nullable WindowReader reader;
  private final Mlp encoder;
  private final Mlp decoder;

  /** What the encoder says of a batch; both of shape (batch, latents). */
  record Posterior(NDArray mean, NDArray logVariance) {}

  /** Names a network of a width; without a window where it reads columns alone. */
  VaeNetwork(String prefix, int features, @Nullable VaeWindow window) {
    this.prefix = prefix;
    this.features = features;
    this.latents = Math.max(2, Math.min(8, features / 4));
    this.reader =
        window == null ? null : new WindowReader(prefix + "encoder.window.", features, window);
    int width = reader == null ? features : reader.width();
    this.encoder = new Mlp(prefix + "encoder.", width, OUTER, INNER, 2 * latents);
    this.decoder = new Mlp(prefix + "decoder.", latents, INNER, OUTER, features);
  }

  /** Names the network that trained tensors belong to. */
  public static VaeNetwork of(String prefix, Tensors tensors) {
    if (VaeWindow.isIn(tensors, prefix)) {
      int features = tensors.get(prefix + "decoder.2.weight").dimension(0);
      return new VaeNetwork(prefix, features, VaeWindow.of(tensors, prefix));
    }
    return new VaeNetwork(prefix, tensors.get(prefix + "encoder.0.weight").dimension(1), null);
  }

  /** Returns the width of a row that it takes. */
  public int features() {
    return features;
  }

  int latents() {
    return latents;
  }

  Tensors initial(SplittableRandom random) {
    Tensors layers = encoder.initial(random).with(decoder.initial(random));
    return reader == null ? layers : layers.with(reader.initial(random));
  }

  /**
   * Returns a trained network's tensors and those that scoring derives from them: limits, and
   * divisions turned into products.
   */
  public Tensors forScoring(Tensors trained) {
    Tensors own = trained.under(prefix);
    Tensor sigma = own.get("sigma");
    Tensor mean = own.get("residual.mean");
    Tensor deviation = own.get("residual.deviation");
    float[] precision = new float[features];
    float[] scale = new float[latents + features];
    float[] shift = new float[latents + features];
    for (int i = 0; i < scale.length; i++) {
      scale[i] = 1 / deviation.get(i);
      shift[i] = mean.get(i) / deviation.get(i);
      if (i >= latents) {
        precision[i - latents] = 1 / sigma.get(i - latents);
        scale[i] *= precision[i - latents];
      }
    }
    return trained.with(
        Tensors.of(
                Map.of(
                    "latent.low", scalar(-LOG_VARIANCE_LIMIT),
                    "latent.high", scalar(LOG_VARIANCE_LIMIT),
                    "precision", Tensor.of(precision, features),
                    "residual.scale", Tensor.of(scale, scale.length),
                    "residual.shift", Tensor.of(shift, scale.length),
                    "residual.low", scalar(-RESIDUAL_LIMIT),
                    "residual.high", scalar(RESIDUAL_LIMIT)))
            .prefixed(prefix));
  }

  private static Tensor scalar(float value) {
    return Tensor.of(new float[] {value}, 1);
  }

  /** Encodes a batch for training; the log variance is clamped to [-8, 8]. */
  Posterior encode(NDArray x, Parameters parameters) {
    Posterior raw = encodeUnclamped(x, parameters);
    return new Posterior(
        raw.mean(), raw.logVariance().clip(-LOG_VARIANCE_LIMIT, LOG_VARIANCE_LIMIT));
  }

  private Posterior encodeUnclamped(NDArray x, Parameters parameters) {
    PtNDArray both =
        (PtNDArray) encoder.apply(parameters, reader == null ? x : reader.read(x, parameters));
    return new Posterior(
        JniUtils.slice(both, 1, 0, latents, 1), JniUtils.slice(both, 1, latents, 2L * latents, 1));
  }

  private Posterior encodeForScoring(NDArray x, Parameters parameters) {
    Posterior raw = encodeUnclamped(x, parameters);
    return new Posterior(raw.mean(), clamp(raw.logVariance(), parameters, "latent"));
  }

  private NDArray clamp(NDArray values, Parameters parameters, String limits) {
    PtNDArray low = (PtNDArray) parameters.get(prefix + limits + ".low");
    PtNDArray high = (PtNDArray) parameters.get(prefix + limits + ".high");
    return JniUtils.min(JniUtils.max((PtNDArray) values, low), high);
  }

  NDArray decode(NDArray z, Parameters parameters) {
    return decoder.apply(parameters, z);
  }

  /** Returns the sum of var + mean^2 - ln var over latents: 2 KL + latents; (batch, 1). */
  static NDArray klSum(Posterior posterior) {
    NDArray logVariance = posterior.logVariance();
    return logVariance.exp().add(posterior.mean().square()).sub(logVariance).sum(ROW, true);
  }

  /** One batch through encoder and decoder at the latent mean. */
  public final class Pass {
    private final Parameters parameters;
    private final Posterior posterior;
    private final NDArray reconstruction;
    private final NDArray difference;

    private Pass(NDArray x, Parameters parameters) {
      this.parameters = parameters;
      this.posterior = encodeForScoring(x, parameters);
      this.reconstruction = decode(posterior.mean(), parameters);
      this.difference = x.sub(reconstruction);
    }

    /** Returns what the network expects; shape (batch, features). */
    public NDArray reconstruction() {
      return reconstruction;
    }

    private NDArray error() {
      return difference.mul(parameters.get(prefix + "precision"));
    }

    /** Returns {@link VaeNetwork#klSum}; shape (batch, 1). */
    NDArray klSum() {
      return VaeNetwork.klSum(posterior);
    }

    /** Returns what {@link VaeNetwork#negativeElbo} turns into nats; shape (batch, 1). */
    public NDArray elboSum() {
      return error().square().sum(ROW, true).add(klSum());
    }

    /** Returns the latent mean and the error in deviations; (batch, latents + features). */
    NDArray rawResiduals() {
      return NDArrays.concat(new NDList(posterior.mean(), error()), 1);
    }

    /** Returns the same, standardised over the training rows and clipped to [-15, 15]. */
    public NDArray residuals() {
      NDArray standardised =
          NDArrays.concat(new NDList(posterior.mean(), difference), 1)
              .mul(parameters.get(prefix + "residual.scale"))
              .sub(parameters.get(prefix + "residual.shift"));
      return clamp(standardised, parameters, "residual");
    }
  }

  /** Runs a batch of shape (batch, features); the parameters are {@link #forScoring}. */
  public Pass pass(NDArray x, Parameters parameters) {
    return new Pass(x, parameters);
  }

  /** Returns what {@link #kl(double)} turns into nats; (batch, 1). Runs the encoder alone. */
  public NDArray klSum(NDArray x, Parameters parameters) {
    return klSum(encodeForScoring(x, parameters));
  }

  /**
   * Returns -log p(x|z) at the latent mean plus KL, in nats.
   *
   * @param elboSum of one row, from {@link Pass#elboSum}
   * @param logPartition from {@link Vae#logPartition}
   */
  public double negativeElbo(double elboSum, double logPartition) {
    return (elboSum - latents) / 2 + logPartition;
  }

  /** Returns KL(q(z|x) || N(0, I)) in nats; rounding below 0 becomes 0. */
  public double kl(double klSum) {
    return Math.max(0, (klSum - latents) / 2);
  }
}
