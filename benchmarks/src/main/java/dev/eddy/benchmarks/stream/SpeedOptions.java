package dev.eddy.benchmarks.stream;

import picocli.CommandLine.Option;

/** Options of the commands that measure speed. */
final class SpeedOptions {
  @Option(
      names = "--batch-size",
      defaultValue = "512",
      description = "Most records in a micro-batch (default: ${DEFAULT-VALUE}).")
  private int batchSize;

  @Option(
      names = "--device",
      defaultValue = "auto",
      description = "auto, cpu or gpu:N (default: ${DEFAULT-VALUE}).")
  private String device = "auto";

  @Option(names = "--seed", defaultValue = "0", description = "Seed of records and models.")
  private long seed;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  SpeedOptions() {}

  int batchSize() {
    return batchSize;
  }

  String device() {
    return device;
  }

  long seed() {
    return seed;
  }

  boolean json() {
    return json;
  }
}
