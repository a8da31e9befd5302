package dev.eddy.model;

import java.util.SplittableRandom;

/**
 * Row numbers in random batches: a permutation is dealt out until fewer rows than a batch are left,
 * then a fresh one. Never ends. An instance belongs to one thread.
 */
public final class Batches {
  private final int[] order;
  private final int size;
  private final SplittableRandom random;
  private int next;

  /**
   * Makes a dealer.
   *
   * @param rows how many there are, {@code >= 1}
   * @param size rows in a batch; all rows when there are fewer
   */
  public Batches(int rows, int size, SplittableRandom random) {
    if (rows < 1 || size < 1) {
      throw new IllegalArgumentException(
          "batches must have rows >= 1 and size >= 1, got %d and %d".formatted(rows, size));
    }
    this.order = new int[rows];
    this.size = Math.min(rows, size);
    this.random = random;
    this.next = rows;
    for (int i = 0; i < rows; i++) {
      order[i] = i;
    }
  }

  /** Returns how many rows each batch has. */
  public int size() {
    return size;
  }

  /** Returns the row numbers of the next batch. */
  public int[] next() {
    if (order.length - next < size) {
      shuffle();
      next = 0;
    }
    int[] batch = new int[size];
    System.arraycopy(order, next, batch, 0, size);
    next += size;
    return batch;
  }

  private void shuffle() {
    for (int i = order.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[other];
      order[other] = kept;
    }
  }
}
