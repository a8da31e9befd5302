package dev.eddy.event;

/** A number that looks random and is a function of a record's place and a seed alone. */
public final class CoordinateHash {
  private CoordinateHash() {}

  /** Hashes the place of one record. */
  public static long of(Coordinates coordinates, long seed) {
    return of(coordinates.topic(), coordinates.partition(), coordinates.offset(), seed);
  }

  /** Hashes the place of a block of records, counted from the start of its partition. */
  public static long ofBlock(Coordinates coordinates, int recordsPerBlock, long seed) {
    long block = Math.floorDiv(coordinates.offset(), recordsPerBlock);
    return of(coordinates.topic(), coordinates.partition(), block, seed);
  }

  private static long of(String topic, int partition, long offset, long seed) {
    return mix(mix(mix(seed ^ topic.hashCode()) + partition) + offset);
  }

  /**
   * Stafford's mixer 13, as in SplittableRandom: each bit of the input moves half of the output.
   */
  private static long mix(long value) {
    long mixed = value + 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
