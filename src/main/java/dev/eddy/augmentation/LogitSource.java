package dev.eddy.augmentation;

import java.util.SplittableRandom;

/**
 * Turns randomness and a class into the logits of tokens. An instance belongs to one thread. The
 * same number of rows and state of the random generator give the same logits on the CPU.
 */
interface LogitSource extends AutoCloseable {

  /** Returns logits of new rows without the class's offsets, row-major, shape (rows, tokens). */
  float[] logits(int labelClass, int rows, SplittableRandom random);

  /** Frees native memory. */
  @Override
  void close();
}
