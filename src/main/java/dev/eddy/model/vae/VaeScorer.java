package dev.eddy.model.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.eddy.feature.FeatureMatrix;
import dev.eddy.model.DeviceListener;
import dev.eddy.model.Matrices;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.Noise;
import dev.eddy.model.Parameters;
import dev.eddy.model.Session;
import dev.eddy.model.Tensors;
import java.util.function.BiFunction;

/** A trained autoencoder on a device. An instance belongs to one thread. */
public final class VaeScorer implements AutoCloseable {
  private final VaeNetwork network;
  private final double logPartition;
  private final Session session;
  private final Matrices matrices = new Matrices();

  VaeScorer(Tensors tensors, ModelDevice device, DeviceListener listener) {
    this.network = VaeNetwork.of("", tensors);
    this.logPartition = Vae.logPartition(tensors.get("sigma"));
    this.session = new Session(network.forScoring(tensors), device, listener);
  }

  /** Returns the width of a row that it takes. */
  public int features() {
    return network.features();
  }

  /** Returns the negative ELBO and the KL divergence of each row. */
  public VaeScores score(FeatureMatrix rows) {
    float[] both =
        on(
            rows,
            (x, parameters) -> {
              VaeNetwork.Pass pass = network.pass(x, parameters);
              return NDArrays.concat(new NDList(pass.elboSum(), pass.klSum()), 1).toFloatArray();
            });
    double[] negativeElbo = new double[rows.rows()];
    double[] kl = new double[rows.rows()];
    for (int i = 0; i < rows.rows(); i++) {
      negativeElbo[i] = network.negativeElbo(both[2 * i], logPartition);
      kl[i] = network.kl(both[2 * i + 1]);
    }
    return new VaeScores(negativeElbo, kl);
  }

  /** Returns what the network expects instead of each row; same shape and units. */
  public FeatureMatrix reconstruct(FeatureMatrix rows) {
    return on(
        rows, (x, parameters) -> Matrices.toHeap(network.pass(x, parameters).reconstruction()));
  }

  /**
   * Returns latent mean and residual of each row, standardised over the training rows and clipped
   * to [-15, 15]; shape (rows, latents + features).
   */
  public FeatureMatrix residuals(FeatureMatrix rows) {
    return on(rows, (x, parameters) -> Matrices.toHeap(network.pass(x, parameters).residuals()));
  }

  /** Draws rows from the model: z from the prior, decoded, with each feature's noise. */
  public FeatureMatrix sample(int rows, long seed) {
    return session.call(
        (parameters, call) -> {
          Noise noise = new Noise(seed); // here, so that a second try draws the same
          NDArray mean = network.decode(noise.normal(call, rows, network.latents()), parameters);
          NDArray spread =
              noise.normal(call, rows, network.features()).mul(parameters.get("sigma"));
          return Matrices.toHeap(mean.add(spread));
        });
  }

  private <T> T on(FeatureMatrix rows, BiFunction<NDArray, Parameters, T> work) {
    if (rows.columns() != network.features() || rows.rows() < 1) {
      throw new IllegalArgumentException(
          "vae rows must have width %d and be at least one, got width %d and %d rows"
              .formatted(network.features(), rows.columns(), rows.rows()));
    }
    return session.call(
        (Parameters parameters, NDManager call) ->
            work.apply(matrices.toNative(call, rows), parameters));
  }

  /** Returns where the network is now: {@code cpu} or {@code gpu:N}. */
  public ModelDevice device() {
    return session.device();
  }

  @Override
  public void close() {
    session.close();
  }
}
