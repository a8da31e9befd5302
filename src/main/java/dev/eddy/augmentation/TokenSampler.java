package dev.eddy.augmentation;

import dev.eddy.model.DeviceListener;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.Session;
import dev.eddy.model.Tensors;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Draws rows of tokens: scores and noise, logits of the prior and, for the classes that have it, of
 * the network, then one token a column from its softmax. An instance belongs to one thread.
 */
final class TokenSampler implements AutoCloseable {
  private final TokenEncoder encoder;
  private final GeneratorNetwork network;
  private final CopulaPrior prior;
  private final Session session;

  /**
   * Opens a sampler; who opens it closes it.
   *
   * @param network has the first classes of the prior; none of them where it has none
   */
  TokenSampler(
      TokenEncoder encoder,
      GeneratorNetwork network,
      CopulaPrior prior,
      Tensors parameters,
      ModelDevice device,
      DeviceListener listener) {
    this.encoder = encoder;
    this.network = network;
    this.prior = prior;
    this.session = new Session(parameters, device, listener);
  }

  /**
   * Returns the logits of new rows without the class's offsets, row-major, shape (rows, tokens).
   */
  float[] logits(int labelClass, int rows, SplittableRandom random) {
    int[] classOf = new int[rows];
    Arrays.fill(classOf, labelClass);
    GeneratorInput input = GeneratorInput.draw(network, prior, classOf, random);
    float[] logits =
        labelClass < network.classes()
            ? session.call(
                (parameters, call) ->
                    network.logits(parameters, input.toNative(call)).toFloatArray())
            : new float[rows * network.tokens()];
    input.addSlopes(encoder, logits);
    return logits;
  }

  /** Draws rows, each with one token for each column. */
  int[][] draw(int labelClass, int rows, SplittableRandom random) {
    float[] logits = logits(labelClass, rows, random);
    int tokens = network.tokens();
    int[][] drawn = new int[rows][network.columns()];
    double[] weights = new double[tokens];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < network.columns(); column++) {
        int start = encoder.offset(column);
        int end = encoder.offset(column + 1);
        Softmax.weights(
            logits, row * tokens, prior.offsets(), labelClass * tokens, start, end, weights);
        drawn[row][column] = draw(weights, start, end, random) - start;
      }
    }
    return drawn;
  }

  private static int draw(double[] weights, int start, int end, SplittableRandom random) {
    double sum = 0;
    for (int token = start; token < end; token++) {
      sum += weights[token];
    }
    double left = random.nextDouble() * sum;
    int token = start;
    while (token < end - 1 && (left -= weights[token]) >= 0) {
      token++;
    }
    return token;
  }

  @Override
  public void close() {
    session.close();
  }
}
