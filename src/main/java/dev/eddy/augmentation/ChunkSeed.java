package dev.eddy.augmentation;

/** The seeds of a draw in chunks: the same draw gets the same rows. */
public final class ChunkSeed {
  private ChunkSeed() {}

  /**
   * Returns the seed of a chunk; for the first one, the seed itself. The others are mixed: a sum
   * with a multiple of the golden ratio would be another place of the same SplittableRandom.
   */
  public static long of(long seed, int chunk) {
    return chunk == 0 ? seed : RowFingerprints.mix(RowFingerprints.mix(seed) + chunk);
  }
}
