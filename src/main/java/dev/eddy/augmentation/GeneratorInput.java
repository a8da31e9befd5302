package dev.eddy.augmentation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;

/** Input rows of a generator, and what the prior makes of their scores. */
final class GeneratorInput {
  private final GeneratorNetwork network;
  private final CopulaPrior prior;
  private final int[] classOf;
  private final float[] cells;

  private GeneratorInput(
      GeneratorNetwork network, CopulaPrior prior, int[] classOf, float[] cells) {
    this.network = network;
    this.prior = prior;
    this.classOf = classOf;
    this.cells = cells;
  }

  /** Draws noise and scores for one row of each of these classes. */
  static GeneratorInput draw(
      GeneratorNetwork network, CopulaPrior prior, int[] classOf, SplittableRandom random) {
    float[] cells = new float[classOf.length * network.inputs()];
    int next = 0;
    for (int labelClass : classOf) {
      for (int i = 0; i < GeneratorNetwork.NOISE; i++) {
        cells[next + i] = (float) random.nextGaussian();
      }
      prior.drawScores(labelClass, random, cells, next + GeneratorNetwork.NOISE);
      if (labelClass < network.classes()) {
        cells[next + GeneratorNetwork.NOISE + network.columns() + labelClass] = 1;
      }
      if (network.codes() > 0) {
        int code = random.nextInt(network.codes());
        cells[next + network.inputs() - network.codes() + code] = 1;
      }
      next += network.inputs();
    }
    return new GeneratorInput(network, prior, classOf, cells);
  }

  /** Copies the rows to native memory; shape (rows, {@link GeneratorNetwork#inputs()}). */
  NDArray toNative(NDManager manager) {
    try (NDArray copied = manager.create(cells, new Shape(classOf.length, network.inputs()))) {
      // Matrix products round differently by alignment; the engine's own memory is aligned.
      return copied.duplicate();
    }
  }

  /** Returns how many rows there are. */
  int rows() {
    return classOf.length;
  }

  /** Returns the code of each row. */
  long[] codes() {
    long[] codes = new long[classOf.length];
    for (int row = 0; row < codes.length; row++) {
      int start = (row + 1) * network.inputs() - network.codes();
      while (cells[start + (int) codes[row]] == 0) {
        codes[row]++;
      }
    }
    return codes;
  }

  /**
   * Adds what the prior makes of the scores, without its offsets.
   *
   * @param logits row-major, shape (rows, tokens)
   */
  void addSlopes(TokenLayout layout, float[] logits) {
    for (int row = 0; row < classOf.length; row++) {
      int scores = row * network.inputs() + GeneratorNetwork.NOISE;
      prior.addSlopes(layout, classOf[row], cells, scores, logits, row * network.tokens());
    }
  }

  /**
   * Adds the prior's offsets.
   *
   * @param logits row-major, shape (rows, tokens)
   */
  void addOffsets(float[] logits) {
    int tokens = network.tokens();
    for (int row = 0; row < classOf.length; row++) {
      int table = classOf[row] * tokens;
      for (int token = 0; token < tokens; token++) {
        logits[row * tokens + token] += prior.offsets()[table + token];
      }
    }
  }
}
