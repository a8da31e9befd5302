package dev.eddy.cli.record;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/** One kind of trouble, as its own process makes it. */
interface Fault {

  /**
   * Makes trouble until {@code on} is false, looking at it at least ten times a second; then leaves
   * nothing behind but what ends with the process or lies in the work folder.
   *
   * @param work an existing folder for temporary files, deleted by the callers
   * @param started run once, when the trouble begins
   */
  void run(Path work, Runnable started, BooleanSupplier on)
      throws IOException, InterruptedException;

  /** The fault of a kind. */
  static Fault of(FaultKind kind) {
    return switch (kind) {
      case CPU_HOG -> new CpuHog();
      case MEMORY_HOG -> new MemoryHog();
      case DISK_FLOOD -> new DiskFlood();
      case FORK_STORM -> new ForkStorm();
      case NETWORK_FLOOD -> new NetworkFlood();
      case DESCRIPTOR_LEAK -> new DescriptorLeak();
    };
  }
}
