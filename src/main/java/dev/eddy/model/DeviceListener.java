package dev.eddy.model;

/**
 * Hears that work moved from a GPU to the CPU because the GPU was lost or ran out of memory. No
 * record is lost by it: the call that failed is done again on the CPU. Count it and show it.
 */
@FunctionalInterface
public interface DeviceListener {
  /** Hears nothing. */
  DeviceListener NONE = (from, reason) -> {};

  /**
   * Called once for each scorer or training that moved.
   *
   * @param from the device that failed
   * @param reason what the engine said
   */
  void fellBack(ModelDevice from, Throwable reason);
}
