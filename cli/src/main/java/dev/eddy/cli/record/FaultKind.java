package dev.eddy.cli.record;

import java.util.Arrays;
import java.util.Optional;

/** The faults that can be injected; each is bounded and runs in a child process. */
public enum FaultKind {
  /** Keeps every core busy. */
  CPU_HOG("cpu-hog"),
  /** Takes and keeps touching memory: 1.5 GiB or a tenth of the memory, whichever is less. */
  MEMORY_HOG("memory-hog"),
  /** Rewrites and forces one temporary file of 256 MiB at up to 100 MiB/s. */
  DISK_FLOOD("disk-flood"),
  /** Starts up to 200 short processes per second, at most 20 at a time. */
  FORK_STORM("fork-storm"),
  /** Sends up to 200 MiB/s over four connections to itself on the loopback interface. */
  NETWORK_FLOOD("network-flood"),
  /** Opens up to 4,000 descriptors, 1,000 per second, and closes none. */
  DESCRIPTOR_LEAK("descriptor-leak");

  private final String label;

  FaultKind(String label) {
    this.label = label;
  }

  /** The label in a recording. */
  public String label() {
    return label;
  }

  /** The kind of a label. */
  public static Optional<FaultKind> ofLabel(String label) {
    return Arrays.stream(values()).filter(kind -> kind.label.equals(label)).findFirst();
  }
}
