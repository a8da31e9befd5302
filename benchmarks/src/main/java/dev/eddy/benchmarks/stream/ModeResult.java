package dev.eddy.benchmarks.stream;

/**
 * What one mode reached.
 *
 * @param records that were measured, after the warm-up
 * @param seconds that they took
 */
record ModeResult(Mode mode, long records, double seconds) {
  double recordsPerSecond() {
    return records / seconds;
  }
}
