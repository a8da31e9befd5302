package dev.eddy.augmentation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import dev.eddy.model.Autograd;
import dev.eddy.model.CosineSchedule;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.Noise;
import dev.eddy.model.Scale;
import dev.eddy.model.Tensors;

/**
 * Trains the autoencoder on the negative evidence lower bound with weight {@value #BETA} on the KL
 * divergence (Higgins et al., "beta-VAE", 2017), in nats a row.
 */
final class VaeTraining extends NetworkTraining {
  static final int BATCH = 512;
  private static final float BETA = 0.5f;
  private static final double RATE = 2e-3;
  private static final double LAST_SHARE = 0.02;

  private final TokenVae network;
  private final TokenBatches batches;
  private final TokenLoss loss;
  private final Noise noise;
  private final CosineSchedule schedule;

  VaeTraining(
      TokenVae network,
      TokenRows rows,
      Tensors weights,
      int steps,
      Noise noise,
      ModelDevice device) {
    super("vae", weights, device);
    this.network = network;
    this.batches = new TokenBatches(rows, noise.random(), TokenBatches.BALANCED);
    this.loss = new TokenLoss(rows.layout());
    this.noise = noise;
    this.schedule = new CosineSchedule(RATE, steps, LAST_SHARE);
  }

  @Override
  public double step(int step, float rateShare) {
    try (NDScope scope = new NDScope();
        NDManager call = parameters().newCall();
        Autograd autograd = new Autograd()) {
      scope.suppressNotUsedWarning();
      int[] classOf = batches.classes(BATCH);
      NDArray rows = batches.toNative(call, batches.tokens(classOf));
      TokenVae.Posterior posterior =
          network.encode(parameters(), rows, TokenBatches.toNative(call, classOf));
      NDArray variance = posterior.logVariance().exp();
      NDArray latents =
          noise.normal(call, BATCH, TokenVae.LATENTS).mul(variance.sqrt()).add(posterior.mean());
      NDArray logits = network.decode(parameters(), latents, network.oneHot(call, classOf));
      NDArray divergence = // twice, summed over the batch, and a constant more
          variance.add(posterior.mean().square()).sub(posterior.logVariance()).sum();
      NDArray total =
          loss.crossEntropy(logits, rows).add(Scale.by(divergence, BETA / (2f * BATCH)));
      return descend(autograd, total, step, schedule.rate(step) * rateShare);
    }
  }
}
