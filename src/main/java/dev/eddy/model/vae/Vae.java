package dev.eddy.model.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.eddy.feature.FeatureMatrix;
import dev.eddy.model.Adam;
import dev.eddy.model.Batches;
import dev.eddy.model.DeviceListener;
import dev.eddy.model.Engines;
import dev.eddy.model.Matrices;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.Noise;
import dev.eddy.model.OneCycle;
import dev.eddy.model.Parameters;
import dev.eddy.model.Scale;
import dev.eddy.model.Tensor;
import dev.eddy.model.Tensors;
import dev.eddy.model.TrainingDivergedException;
import dev.eddy.model.TrainingLoop;
import dev.eddy.model.TrainingTask;
import dev.eddy.model.Trim;
import dev.eddy.model.WarmStart;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A variational autoencoder with one learned variance a feature, trained so that anomalies among
 * its rows do not teach it.
 *
 * <p>Kingma and Welling, "Auto-Encoding Variational Bayes", 2014, arXiv:1312.6114; the learned
 * variance follows Rybkin et al., "Simple and Effective VAE Training with Calibrated Decoders",
 * 2021, arXiv:2006.13202, with a floor. Deviation: each batch's loss is a trimmed mean.
 */
public final class Vae {
  private static final double PEAK_RATE = 3e-3;
  private static final double WARM_UP = 0.2;
  private static final double WEIGHT_DECAY = 1e-5;
  private static final double MAXIMUM_GRADIENT = 5;
  private static final double LEAST_VARIANCE = 1e-6;
  private static final double LOG_2_PI = Math.log(2 * Math.PI);

  private Vae() {}

  /**
   * Trains a network. The same rows, settings and seed give the same tensors on the CPU.
   *
   * @param name for progress and errors
   * @param rows standardised, shape (rows, features), at least two
   * @throws TrainingDivergedException if a loss is not finite
   */
  public static Tensors train(
      String name, FeatureMatrix rows, VaeSettings settings, long seed, TrainingTask task) {
    return train(name, rows, new double[rows.rows()], settings, seed, task);
  }

  /**
   * Trains a network on transformed rows. It learns the same, but what it trims is what is unlikely
   * before the transformation: one that draws far rows together would make a dense group far out
   * look the most ordinary.
   *
   * @param compression of each row by the transformation, in nats; 0 where there was none
   * @throws TrainingDivergedException if a loss is not finite
   */
  public static Tensors train(
      String name,
      FeatureMatrix rows,
      double[] compression,
      VaeSettings settings,
      long seed,
      TrainingTask task) {
    return Engines.run(
        task.device(),
        task.deviceListener(),
        where -> new Training(rows, compression, settings, seed).run(name, where, task));
  }

  /** Copies a trained network to a device; the caller closes. */
  public static VaeScorer open(Tensors tensors, ModelDevice device, DeviceListener listener) {
    return new VaeScorer(tensors, device, listener);
  }

  /** Returns the part of -log p(x|z) that is the same for all rows, in nats. */
  public static double logPartition(Tensor sigma) {
    double sum = 0;
    for (int i = 0; i < sigma.size(); i++) {
      sum += Math.log(sigma.get(i)) + LOG_2_PI / 2;
    }
    return sum;
  }

  /** One training on one device. */
  private static final class Training {
    private final FeatureMatrix rows;
    private final double[] compression;
    private final VaeSettings settings;
    private final VaeNetwork network;
    private final Noise noise;
    private final Batches batches;
    private Trim trim;
    private final Matrices matrices = new Matrices();
    private Map<String, Double> parts = Map.of();

    Training(FeatureMatrix rows, double[] compression, VaeSettings settings, long seed) {
      this.rows = rows;
      this.compression = compression;
      this.settings = settings;
      this.network = new VaeNetwork("", rows.columns(), settings.window());
      this.noise = new Noise(seed);
      this.batches = new Batches(rows.rows(), settings.batch(), noise.random());
      this.trim = new Trim(settings.trim(), settings.steps());
    }

    Tensors run(String name, ModelDevice device, TrainingTask task) {
      Tensors fresh = network.initial(noise.random());
      Optional<Tensors> earlier = task.start().find(name, fresh);
      OneCycle cycle = new OneCycle(PEAK_RATE, settings.steps(), WARM_UP);
      Tensors initial;
      if (earlier.isPresent()) {
        initial = withLogVariance(earlier.get());
        cycle = WarmStart.shortened(cycle);
        trim = Trim.always(settings.trim());
      } else {
        initial = fresh.with(logVariance(new float[rows.columns()]));
      }
      Tensors trained =
          TrainingLoop.minimise(
              name,
              initial,
              Adam.Settings.adam(WEIGHT_DECAY, MAXIMUM_GRADIENT),
              cycle,
              device,
              task,
              this::loss,
              () -> parts);
      Tensors scoring = withSigma(trained);
      return scoring.with(ResidualMoments.of(scoring, network, rows, device, name));
    }

    private static Tensors logVariance(float[] values) {
      return Tensors.of(Map.of("log_variance", Tensor.of(values, values.length)));
    }

    /** Undoes {@link #withSigma}. */
    private Tensors withLogVariance(Tensors scoring) {
      Tensor sigma = scoring.get("sigma");
      float[] values = new float[sigma.size()];
      double floor = settings.noiseFloor();
      for (int i = 0; i < values.length; i++) {
        double variance = (double) sigma.get(i) * sigma.get(i) - floor * floor;
        values[i] = (float) Math.log(Math.max(LEAST_VARIANCE, variance));
      }
      return layers(scoring).with(logVariance(values));
    }

    private static Tensors layers(Tensors tensors) {
      return tensors
          .under("encoder.")
          .prefixed("encoder.")
          .with(tensors.under("decoder.").prefixed("decoder."));
    }

    private NDArray loss(Parameters parameters, NDManager call, int step) {
      int[] places = batches.next();
      NDArray x = matrices.toNative(call, rows.select(places));
      return trim.mean(losses(parameters, call, x).add(compression(call, places)), step);
    }

    /** A constant for each row: it moves no gradient, only which rows are trimmed. */
    private NDArray compression(NDManager call, int[] places) {
      float[] nats = new float[places.length];
      for (int i = 0; i < nats.length; i++) {
        nats[i] = (float) compression[places[i]];
      }
      return call.create(nats);
    }

    /** Returns -log p(x|z) of a sampled z plus beta KL, up to constants; shape (batch). */
    private NDArray losses(Parameters parameters, NDManager call, NDArray x) {
      VaeNetwork.Posterior posterior = network.encode(x, parameters);
      NDArray epsilon = noise.normal(call, batches.size(), network.latents());
      NDArray z = epsilon.mul(Scale.by(posterior.logVariance(), 0.5f).exp()).add(posterior.mean());
      NDArray error = x.sub(network.decode(z, parameters));
      double floor = settings.noiseFloor();
      NDArray variance =
          call.zeros(parameters.get("log_variance").getShape())
              .add(parameters.get("log_variance"))
              .exp()
              .add((float) (floor * floor));
      NDArray kl = VaeNetwork.klSum(posterior);
      NDArray doubled =
          error
              .square()
              .div(variance)
              .add(variance.log())
              .sum(new int[] {1}, true)
              .add(Scale.by(kl, (float) settings.beta()));
      NDArray losses = Scale.by(doubled, 0.5f).squeeze(1);
      double klNats = kl.mean().getFloat() / 2.0;
      double all = losses.mean().getFloat();
      parts = Map.of("kl", klNats, "reconstruction", all - settings.beta() * klNats);
      return losses;
    }

    /** Replaces the learned log variances by what scoring needs: the standard deviations. */
    private Tensors withSigma(Tensors trained) {
      Tensor logVariance = trained.get("log_variance");
      float[] sigma = new float[logVariance.size()];
      double floor = settings.noiseFloor();
      for (int i = 0; i < sigma.length; i++) {
        sigma[i] = (float) Math.sqrt(Math.exp(logVariance.get(i)) + floor * floor);
      }
      Map<String, Tensor> tensors = new TreeMap<>();
      tensors.put("sigma", Tensor.of(sigma, sigma.length));
      VaeWindow window = settings.window();
      return layers(trained)
          .with(Tensors.of(tensors))
          .with(window == null ? Tensors.EMPTY : window.toTensors());
    }
  }
}
