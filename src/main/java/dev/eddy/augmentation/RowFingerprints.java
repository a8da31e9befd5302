package dev.eddy.augmentation;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Which rows a generator must not repeat, as salted 64-bit hashes of all fields but the entity. It
 * holds no field of a record; but who has it can test whether a record that he already knows in
 * full was among the training rows.
 */
final class RowFingerprints {
  private final long salt;
  private final long[] sorted;

  private RowFingerprints(long salt, long[] sorted) {
    this.salt = salt;
    this.sorted = sorted;
  }

  static RowFingerprints of(long salt, Collection<SyntheticRow> rows) {
    return new RowFingerprints(
        salt, rows.stream().mapToLong(row -> hash(salt, row)).sorted().distinct().toArray());
  }

  static RowFingerprints fromBytes(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    long salt = buffer.getLong();
    long[] sorted = new long[buffer.remaining() / Long.BYTES];
    buffer.asLongBuffer().get(sorted);
    return new RowFingerprints(salt, sorted);
  }

  byte[] toBytes() {
    ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES * (sorted.length + 1));
    buffer.putLong(salt);
    buffer.asLongBuffer().put(sorted);
    return buffer.array();
  }

  /** Returns whether a row equals a training row in every field but the entity. */
  boolean contains(SyntheticRow row) {
    return Arrays.binarySearch(sorted, hash(salt, row)) >= 0;
  }

  private static long hash(long salt, SyntheticRow row) {
    long hash = salt;
    for (double number : row.numbers()) {
      hash = mix(hash ^ Double.doubleToLongBits(number + 0.0)); // + 0.0: -0 equals 0
    }
    for (String category : row.categories()) {
      hash = mix(hash ^ hash(category));
    }
    return hash;
  }

  static long hash(@Nullable String text) {
    if (text == null) {
      return 1;
    }
    long hash = 31L + text.length();
    for (int i = 0; i < text.length(); i++) {
      hash = mix(hash + text.charAt(i));
    }
    return hash;
  }

  /** The finaliser of SplitMix64. */
  static long mix(long bits) {
    long z = bits + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
