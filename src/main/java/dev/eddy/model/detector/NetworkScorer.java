package dev.eddy.model.detector;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import dev.eddy.feature.FeatureMatrix;
import dev.eddy.model.DeviceListener;
import dev.eddy.model.Matrices;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.Session;
import dev.eddy.model.Tensors;
import dev.eddy.model.gan.DiscriminatorNetwork;
import dev.eddy.model.vae.Vae;
import dev.eddy.model.vae.VaeNetwork;
import java.util.ArrayList;
import java.util.List;

/**
 * Scores rows with all detecting networks at once: each representation goes to native memory once a
 * batch, and all scores come back in one copy. An instance belongs to one thread.
 */
public final class NetworkScorer implements AutoCloseable {
  /** Negative ELBO of the autoencoder on ASINH rows, in nats, as a density of linear rows. */
  public static final String ELBO = "vae.elbo";

  /** KL divergence of the autoencoder on linear rows, in nats: distance in its latent space. */
  public static final String KL = "vae.kl";

  /** Logit of the discriminator on ASINH rows. */
  public static final String ROWS = Networks.ROWS;

  /** Logit of the critic of a GAN on ASINH rows. */
  public static final String CRITIC = Networks.CRITIC;

  /** Logit of the discriminator on the autoencoder's latent means and residuals. */
  public static final String RESIDUALS = Networks.RESIDUALS;

  /** Logit of the discriminator that knows labelled anomalies, on linear rows. */
  public static final String LABELLED_LINEAR = Networks.LABELLED_LINEAR;

  /** Logit of the discriminator that knows labelled anomalies, on ASINH rows. */
  public static final String LABELLED_ASINH = Networks.LABELLED_ASINH;

  /** Logit of the discriminator that knows labelled anomalies and no noise, on linear rows. */
  public static final String LABELLED_PLAIN = Networks.LABELLED_PLAIN;

  private final Session session;
  private final VaeNetwork asinhVae;
  private final VaeNetwork linearVae;
  private final double logPartition;
  private final List<String> scoreNames = new ArrayList<>(List.of(ELBO, KL));
  private final List<Head> heads = new ArrayList<>();
  private final Matrices asinhRows = new Matrices();
  private final Matrices linearRows = new Matrices();

  /** Which representation a discriminator reads. */
  private enum Input {
    ASINH,
    LINEAR,
    RESIDUALS
  }

  private record Head(DiscriminatorNetwork network, Input input) {}

  NetworkScorer(Tensors vae, Tensors gan, ModelDevice device, DeviceListener listener) {
    asinhVae = VaeNetwork.of(Networks.VAE_ASINH + ".", vae);
    linearVae = VaeNetwork.of(Networks.VAE_LINEAR + ".", vae);
    logPartition = Vae.logPartition(vae.get(Networks.VAE_ASINH + ".sigma"));
    addHead(gan, ROWS, Input.ASINH);
    addHead(gan, CRITIC, Input.ASINH);
    addHead(gan, RESIDUALS, Input.RESIDUALS);
    addHead(gan, LABELLED_LINEAR, Input.LINEAR);
    addHead(gan, LABELLED_ASINH, Input.ASINH);
    addHead(gan, LABELLED_PLAIN, Input.LINEAR);
    session =
        new Session(linearVae.forScoring(asinhVae.forScoring(vae)).with(gan), device, listener);
  }

  private void addHead(Tensors gan, String name, Input input) {
    if (gan.contains(name + ".0.weight")) {
      scoreNames.add(name);
      heads.add(new Head(DiscriminatorNetwork.of(name + ".", gan), input));
    }
  }

  /** Returns the names of its scores: {@link #ELBO}, {@link #KL}, then those of discriminators. */
  public List<String> scoreNames() {
    return List.copyOf(scoreNames);
  }

  /**
   * Scores one batch.
   *
   * @return raw scores, one array of a value a row for each name in {@link #scoreNames()}; higher
   *     is more anomalous
   * @throws IllegalArgumentException if a width differs or there is no row
   * @throws dev.eddy.model.EngineFailedException if the engine fails on the CPU
   */
  public double[][] score(NetworkRows rows) {
    check("asinh", rows.asinh(), asinhVae.features());
    check("standardised", rows.standardised(), linearVae.features());
    return session.call(
        (parameters, call) -> {
          NDArray asinh = asinhRows.toNative(call, rows.asinh());
          NDArray linear = linearRows.toNative(call, rows.standardised());
          VaeNetwork.Pass pass = asinhVae.pass(asinh, parameters);
          NDList scores = new NDList(pass.elboSum(), linearVae.klSum(linear, parameters));
          for (Head head : heads) {
            NDArray input =
                switch (head.input()) {
                  case ASINH -> asinh;
                  case LINEAR -> linear;
                  case RESIDUALS -> pass.residuals();
                };
            scores.add(head.network().logits(input, parameters));
          }
          return toHeap(scores, rows.compression());
        });
  }

  /** Returns what the autoencoder expects instead of each row; ASINH units, same shape. */
  public FeatureMatrix reconstruct(FeatureMatrix asinh) {
    check("asinh", asinh, asinhVae.features());
    return session.call(
        (parameters, call) ->
            Matrices.toHeap(
                asinhVae.pass(asinhRows.toNative(call, asinh), parameters).reconstruction()));
  }

  /** Copies scores of shape (rows, 1) each to the heap, and those of autoencoders to nats. */
  private double[][] toHeap(NDList scores, double[] compression) {
    float[] together = NDArrays.concat(scores, 1).toFloatArray();
    int width = scores.size();
    int rows = compression.length;
    double[][] heap = new double[width][rows];
    for (int row = 0; row < rows; row++) {
      int start = row * width;
      heap[0][row] = asinhVae.negativeElbo(together[start], logPartition) + compression[row];
      heap[1][row] = linearVae.kl(together[start + 1]);
      for (int head = 2; head < width; head++) {
        heap[head][row] = together[start + head];
      }
    }
    return heap;
  }

  private static void check(String name, FeatureMatrix rows, int features) {
    if (rows.columns() != features || rows.rows() < 1) {
      throw new IllegalArgumentException(
          "%s rows must have width %d and be at least one, got width %d and %d rows"
              .formatted(name, features, rows.columns(), rows.rows()));
    }
  }

  /** Returns where the networks are now: {@code cpu} or {@code gpu:N}. */
  public ModelDevice device() {
    return session.device();
  }

  /** Returns how many arrays of native memory it holds; the same after every call. */
  public int managedArrays() {
    return session.managedArrays();
  }

  @Override
  public void close() {
    session.close();
  }
}
