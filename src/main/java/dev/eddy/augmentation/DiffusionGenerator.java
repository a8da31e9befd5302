package dev.eddy.augmentation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.eddy.augmentation.GateReport.Recipe;
import dev.eddy.model.DeviceListener;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.Noise;
import dev.eddy.model.Parameters;
import dev.eddy.model.Scale;
import dev.eddy.model.Session;
import dev.eddy.model.Tensors;
import java.util.SplittableRandom;

/**
 * A trained diffusion model over tokens. A row starts as noise and takes {@value #STEPS} Euler
 * steps towards what the denoiser expects (Karras et al., 2022, arXiv:2206.00364, algorithm 1
 * without churn, rho = 7); the logits of the last level are what tokens are drawn from.
 */
final class DiffusionGenerator implements TokenNetwork {
  private static final int STEPS = 25;
  private static final double HIGHEST_SIGMA = 10;
  private static final double LOWEST_SIGMA = 0.02;
  private static final double RHO = 7;

  private final TokenDenoiser network;
  private final TokenLoss columns;
  private final Tensors weights;

  DiffusionGenerator(TokenDenoiser network, TokenLayout layout, Tensors weights) {
    this.network = network;
    this.columns = new TokenLoss(layout);
    this.weights = weights;
  }

  /** Trains on the rows; incidents join the guard's. */
  static DiffusionGenerator train(
      TokenRows rows, int hidden, int steps, long seed, ModelDevice device, GuardedTraining guard) {
    TokenDenoiser network = new TokenDenoiser(rows.classes().size(), rows.layout().width(), hidden);
    Noise noise = new Noise(seed);
    Tensors trained =
        guard.run(
            network.initial(rows.pooledShares(), noise.random()),
            steps,
            1,
            (weights, from, other) ->
                new DiffusionTraining(network, rows, weights, steps, noise, device));
    return new DiffusionGenerator(network, rows.layout(), trained);
  }

  @Override
  public Recipe recipe() {
    return Recipe.DIFFUSION;
  }

  @Override
  public int classes() {
    return network.classes();
  }

  @Override
  public int hidden() {
    return network.hidden();
  }

  @Override
  public Tensors tensors() {
    return weights;
  }

  @Override
  public boolean startsFromCopula() {
    return false;
  }

  @Override
  public LogitSource open(ModelDevice device, DeviceListener listener) {
    Session session = new Session(weights, device, listener);
    return new LogitSource() {
      @Override
      public float[] logits(int labelClass, int rows, SplittableRandom random) {
        float[] start = new float[rows * network.tokens()];
        for (int i = 0; i < start.length; i++) {
          start[i] = (float) (HIGHEST_SIGMA * random.nextGaussian());
        }
        return session.call(
            (parameters, call) -> denoise(parameters, call, start, labelClass, rows));
      }

      @Override
      public void close() {
        session.close();
      }
    };
  }

  private float[] denoise(
      Parameters parameters, NDManager call, float[] start, int labelClass, int rows) {
    NDArray x;
    try (NDArray copied = call.create(start, new Shape(rows, network.tokens()))) {
      // matrix products round differently by alignment; the engine's own memory is aligned
      x = copied.duplicate();
    }
    for (int step = 0; step < STEPS - 1; step++) {
      double sigma = sigma(step);
      try (NDManager scratch = call.newSubManager()) {
        x.attach(scratch); // freed with it, and all that joins it
        NDArray expected = columns.softmax(logits(parameters, scratch, x, sigma, labelClass));
        float kept = (float) (sigma(step + 1) / sigma);
        // x + (next - sigma) (x - expected) / sigma
        NDArray next = Scale.by(x, kept).add(Scale.by(expected, 1 - kept));
        next.attach(call);
        x = next;
      }
    }
    return logits(parameters, call, x, sigma(STEPS - 1), labelClass).toFloatArray();
  }

  private NDArray logits(
      Parameters parameters, NDManager call, NDArray x, double sigma, int labelClass) {
    NDArray input = Scale.by(x, (float) TokenDenoiser.inputScale(sigma));
    return network.logits(
        parameters, input, network.levels(call, new double[] {sigma}, new int[] {labelClass}));
  }

  /** Returns the noise level of a step, from 0. */
  static double sigma(int step) {
    double high = Math.pow(HIGHEST_SIGMA, 1 / RHO);
    double low = Math.pow(LOWEST_SIGMA, 1 / RHO);
    return Math.pow(high + step * (low - high) / (STEPS - 1), RHO);
  }
}
