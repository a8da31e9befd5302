package dev.eddy.stream.augmentation;

/** What is taken for a request. */
public final class AugmentationRequests {
  /** Rows of a request at most. */
  public static final int MOST_ROWS = 100_000;

  /**
   * Bytes of a request at most, with two records to go between: what is open stands in a store, and
   * what is refused is answered with its words, and a record of more than 1 MiB cannot be sent.
   */
  public static final int MOST_BYTES = 256 << 10;

  private AugmentationRequests() {}
}
