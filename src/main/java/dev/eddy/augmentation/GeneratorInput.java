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

  /**
   * Adds what the prior makes of the scores, without its offsets.
   *
   * @param logits row-major, shape (rows, tokens)
   */
  void addSlopes(TokenEncoder encoder, float[] logits) {
    int tokens = network.tokens();
    for (int row = 0; row < classOf.length; row++) {
      int table = classOf[row] * tokens;
      int scores = row * network.inputs() + GeneratorNetwork.NOISE;
      for (int column = 0; column < network.columns(); column++) {
        float score = cells[scores + column];
        for (int token = encoder.offset(column); token < encoder.offset(column + 1); token++) {
          logits[row * tokens + token] += prior.slopes()[table + token] * score;
        }
      }
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
