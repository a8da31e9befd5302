package dev.eddy.augmentation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.eddy.augmentation.GateReport.Recipe;
import dev.eddy.model.DeviceListener;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.Noise;
import dev.eddy.model.Session;
import dev.eddy.model.Tensors;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A trained conditional autoencoder with the prior that its latents are drawn from: for classes of
 * at least {@value #FEWEST_MIXTURE_ROWS} rows a mixture of Gaussians fitted to the aggregated
 * posterior of the class (as in Ghosh et al., "From Variational to Deterministic Autoencoders",
 * 2020, arXiv:1903.12436), else the standard normal: a mixture would lie near single records.
 */
final class VaeGenerator implements TokenNetwork {
  static final int FEWEST_MIXTURE_ROWS = 500;
  private static final int MOST_MIXTURE_ROWS = 6_000;
  private static final int MOST_PARTS = 20;
  private static final int ROWS_A_PART = 100;
  private static final int CHUNK = 1_024;

  private final TokenVae network;
  private final Tensors weights;
  private final Tensors priors; // by class, as CLASS.weights and so on

  VaeGenerator(TokenVae network, Tensors tensors) {
    this.network = network;
    this.weights = tensors.under("vae.");
    this.priors = tensors.under("mixture.");
  }

  /** Trains on the rows; incidents join the guard's. */
  static VaeGenerator train(
      TokenRows rows, int hidden, int steps, long seed, ModelDevice device, GuardedTraining guard) {
    TokenVae network = new TokenVae(rows.classes().size(), rows.layout().width(), hidden);
    Noise noise = new Noise(seed);
    Tensors initial = network.initial(rows.pooledShares(), noise.random());
    Tensors trained =
        guard.run(
            initial,
            steps,
            1,
            (weights, from, other) ->
                new VaeTraining(network, rows, weights, steps, noise, device));
    VaeGenerator plain = new VaeGenerator(network, trained.prefixed("vae."));
    Tensors priors = Tensors.EMPTY;
    try (Open open = plain.open(device, DeviceListener.NONE)) {
      for (int labelClass = 0; labelClass < network.classes(); labelClass++) {
        if (rows.count(labelClass) >= FEWEST_MIXTURE_ROWS) {
          GaussianMixture mixture = open.fitPrior(rows, labelClass, noise.random());
          priors = priors.with(mixture.tensors().prefixed(labelClass + "."));
        }
      }
    }
    return new VaeGenerator(network, trained.prefixed("vae.").with(priors.prefixed("mixture.")));
  }

  @Override
  public Recipe recipe() {
    return Recipe.VAE;
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
    return weights.prefixed("vae.").with(priors.prefixed("mixture."));
  }

  @Override
  public boolean startsFromCopula() {
    return false;
  }

  @Override
  public Open open(ModelDevice device, DeviceListener listener) {
    return new Open(device, listener);
  }

  /** It on a device. */
  final class Open implements LogitSource {
    private final Session session;
    private final TreeMap<Integer, GaussianMixture> mixtures = new TreeMap<>();

    private Open(ModelDevice device, DeviceListener listener) {
      this.session = new Session(weights, device, listener);
      for (int labelClass = 0; labelClass < classes(); labelClass++) {
        Tensors own = priors.under(labelClass + ".");
        if (!own.isEmpty()) {
          mixtures.put(labelClass, GaussianMixture.of(own));
        }
      }
    }

    @Override
    public float[] logits(int labelClass, int rows, SplittableRandom random) {
      float[] latents = new float[rows * TokenVae.LATENTS];
      GaussianMixture mixture = mixtures.get(labelClass);
      for (int row = 0; row < rows; row++) {
        int start = row * TokenVae.LATENTS;
        if (mixture != null) {
          mixture.draw(random, latents, start);
        } else {
          for (int i = 0; i < TokenVae.LATENTS; i++) {
            latents[start + i] = (float) random.nextGaussian();
          }
        }
      }
      int[] classOf = new int[rows];
      Arrays.fill(classOf, labelClass);
      return decode(latents, classOf);
    }

    /** Returns logits of points of the latent space, row-major, shape (rows, tokens). */
    float[] decode(float[] latents, int[] classOf) {
      return session.call(
          (parameters, call) -> {
            try (NDArray copied =
                call.create(latents, new Shape(classOf.length, TokenVae.LATENTS))) {
              // matrix products round differently by alignment; the engine's own memory is aligned
              NDArray points = copied.duplicate();
              return network
                  .decode(parameters, points, network.oneHot(call, classOf))
                  .toFloatArray();
            }
          });
    }

    /** Returns means and log variances of rows' latents, row-major, shape (rows, latents) each. */
    float[][] encode(int[][] rows, int labelClass, TokenLayout layout) {
      int columns = layout.columns().size();
      long[] tokens = new long[rows.length * columns];
      for (int i = 0; i < tokens.length; i++) {
        tokens[i] = layout.offset(i % columns) + (long) rows[i / columns][i % columns];
      }
      long[] classOf = new long[rows.length];
      Arrays.fill(classOf, labelClass);
      return session.call(
          (parameters, call) -> {
            NDArray places = call.create(tokens, new Shape(rows.length, columns));
            TokenVae.Posterior posterior = encode(parameters, call, places, classOf);
            return new float[][] {
              posterior.mean().toFloatArray(), posterior.logVariance().toFloatArray()
            };
          });
    }

    private TokenVae.Posterior encode(
        dev.eddy.model.Parameters parameters, NDManager call, NDArray places, long[] classOf) {
      return network.encode(parameters, places, call.create(classOf));
    }

    private GaussianMixture fitPrior(TokenRows rows, int labelClass, SplittableRandom random) {
      int count = rows.count(labelClass);
      int used = Math.min(count, MOST_MIXTURE_ROWS);
      double[][] points = new double[used][TokenVae.LATENTS];
      for (int start = 0; start < used; start += CHUNK) {
        int size = Math.min(CHUNK, used - start);
        int[][] chunk = new int[size][];
        for (int i = 0; i < size; i++) {
          chunk[i] = rows.rows()[labelClass][(int) ((long) (start + i) * count / used)];
        }
        float[][] posterior = encode(chunk, labelClass, rows.layout());
        for (int i = 0; i < size * TokenVae.LATENTS; i++) {
          points[start + i / TokenVae.LATENTS][i % TokenVae.LATENTS] =
              posterior[0][i] + Math.exp(posterior[1][i] / 2) * random.nextGaussian();
        }
      }
      int parts = Math.max(1, Math.min(MOST_PARTS, count / ROWS_A_PART));
      return GaussianMixture.fit(points, parts, random);
    }

    @Override
    public void close() {
      session.close();
    }
  }
}
