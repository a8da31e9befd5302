package dev.eddy.augmentation;

import dev.eddy.model.DeviceListener;
import dev.eddy.model.ModelDevice;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Draws rows of tokens: logits of the network for the classes that it has, of the copula for the
 * others, then one token a column from its softmax, then the columns that follow from these. An
 * instance belongs to one thread.
 */
final class TokenSampler implements AutoCloseable {
  private final TokenDraft draft;
  private final @Nullable LogitSource network;
  private final LogitSource copula;

  /** Opens a sampler; who opens it closes it. */
  TokenSampler(TokenDraft draft, ModelDevice device, DeviceListener listener) {
    this.draft = draft;
    this.network = draft.network() == null ? null : draft.network().open(device, listener);
    this.copula = draft.prior().source(draft.layout());
  }

  /**
   * Returns the logits of new rows without the class's offsets, row-major, shape (rows, tokens).
   */
  float[] logits(int labelClass, int rows, SplittableRandom random) {
    LogitSource source = network != null && draft.hasNetwork(labelClass) ? network : copula;
    return source.logits(labelClass, rows, random);
  }

  /** Returns the autoencoder's way in and out of its latent space; null: there is none. */
  VaeGenerator.@Nullable Open latentSpace() {
    return network instanceof VaeGenerator.Open open ? open : null;
  }

  /** Draws rows, each with one token for each column of the record. */
  int[][] draw(int labelClass, int rows, SplittableRandom random) {
    TokenLayout layout = draft.layout();
    float[] logits = logits(labelClass, rows, random);
    int tokens = layout.width();
    int columns = layout.columns().size();
    int[][] drawn = new int[rows][];
    int[] row = new int[columns];
    double[] weights = new double[tokens];
    for (int i = 0; i < rows; i++) {
      for (int column = 0; column < columns; column++) {
        int start = layout.offset(column);
        int end = layout.offset(column + 1);
        double sum =
            Softmax.weights(
                logits, i * tokens, draft.offsets(), labelClass * tokens, start, end, weights);
        row[column] = draw(weights, sum, start, end, random) - start;
      }
      drawn[i] = draft.dependencies().expand(row);
    }
    return drawn;
  }

  private static int draw(
      double[] weights, double sum, int start, int end, SplittableRandom random) {
    double left = random.nextDouble() * sum;
    int token = start;
    while (token < end - 1 && (left -= weights[token]) >= 0) {
      token++;
    }
    return token;
  }

  @Override
  public void close() {
    if (network != null) {
      network.close();
    }
  }
}
