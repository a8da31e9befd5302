package dev.eddy.stream.augmentation;

/** The seeds of a request's chunks: the same request gets the same records. */
final class ChunkSeed {
  /** Keeps chunks apart whose seeds would otherwise be neighbours. */
  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

  private ChunkSeed() {}

  /** Returns the request's own seed for its first chunk. */
  static long of(long seed, int chunk) {
    return seed + chunk * GOLDEN_RATIO;
  }
}
