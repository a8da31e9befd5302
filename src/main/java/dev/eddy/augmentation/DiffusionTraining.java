package dev.eddy.augmentation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import dev.eddy.model.Autograd;
import dev.eddy.model.CosineSchedule;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.Noise;
import dev.eddy.model.Tensors;
import java.util.SplittableRandom;

/**
 * Trains the denoiser on the cross-entropy of the clean tokens (score interpolation: Dieleman et
 * al., "Continuous diffusion for categorical data", 2022, arXiv:2211.15089), with ln sigma ~
 * N(-0.4, 1.4^2), in nats a row.
 */
final class DiffusionTraining extends NetworkTraining {
  static final int BATCH = 512;
  private static final double RATE = 2e-3;
  private static final double LAST_SHARE = 0.02;
  private static final double MEAN_LOG_SIGMA = -0.4;
  private static final double DEVIATION_LOG_SIGMA = 1.4;

  private final TokenDenoiser network;
  private final TokenBatches batches;
  private final TokenLoss loss;
  private final SplittableRandom random;
  private final CosineSchedule schedule;

  DiffusionTraining(
      TokenDenoiser network,
      TokenRows rows,
      Tensors weights,
      int steps,
      Noise noise,
      ModelDevice device) {
    super("diffusion", weights, device);
    this.network = network;
    this.random = noise.random();
    this.batches = new TokenBatches(rows, random, TokenBatches.BALANCED);
    this.loss = new TokenLoss(rows.layout());
    this.schedule = new CosineSchedule(RATE, steps, LAST_SHARE);
  }

  @Override
  public double step(int step, float rateShare) {
    try (NDScope scope = new NDScope();
        NDManager call = parameters().newCall();
        Autograd autograd = new Autograd()) {
      scope.suppressNotUsedWarning();
      int[] classOf = batches.classes(BATCH);
      long[] tokens = batches.tokens(classOf);
      double[] sigmas = sigmas();
      NDArray input = call.create(noisy(tokens, sigmas), new Shape(BATCH, network.tokens()));
      NDArray logits = network.logits(parameters(), input, network.levels(call, sigmas, classOf));
      return descend(
          autograd,
          loss.crossEntropy(logits, batches.toNative(call, tokens)),
          step,
          schedule.rate(step) * rateShare);
    }
  }

  /**
   * Returns a level for each row, one from each of as many quantiles as there are rows, so that no
   * batch lacks a stretch of them (Kingma et al., "Variational Diffusion Models", 2021,
   * arXiv:2107.00630, appendix I.1).
   */
  private double[] sigmas() {
    double[] sigmas = new double[BATCH];
    double shift = random.nextDouble();
    for (int row = 0; row < BATCH; row++) {
      double standard = NormalScores.quantile((row + shift) / BATCH);
      sigmas[row] = Math.exp(MEAN_LOG_SIGMA + DEVIATION_LOG_SIGMA * standard);
    }
    return sigmas;
  }

  /** Returns one-hot rows under noise, scaled for the network; row-major. */
  private float[] noisy(long[] tokens, double[] sigmas) {
    int width = network.tokens();
    int columns = tokens.length / sigmas.length;
    float[] cells = new float[sigmas.length * width];
    for (int row = 0; row < sigmas.length; row++) {
      double scale = TokenDenoiser.inputScale(sigmas[row]);
      double deviation = sigmas[row] * scale;
      for (int i = row * width; i < (row + 1) * width; i++) {
        cells[i] = (float) (deviation * random.nextGaussian());
      }
      for (int column = 0; column < columns; column++) {
        cells[row * width + (int) tokens[row * columns + column]] += (float) scale;
      }
    }
    return cells;
  }
}
