package dev.eddy.model;

/**
 * Where networks run: {@code auto} (a GPU where there is one), {@code cpu}, or {@code gpu:N}.
 *
 * @param name as configured
 */
public record ModelDevice(String name) {
  /** A GPU where there is one, else the CPU. */
  public static final ModelDevice AUTO = new ModelDevice("auto");

  /** The CPU. */
  public static final ModelDevice CPU = new ModelDevice("cpu");

  /** Refuses other names. */
  public ModelDevice {
    if (!name.matches("auto|cpu|gpu:\\d{1,3}")) {
      throw new IllegalArgumentException("device must be auto, cpu or gpu:N, got " + name);
    }
  }

  /**
   * Returns the device that this stands for on this machine, without {@code auto}.
   *
   * @throws DeviceUnavailableException if it names a GPU that is not there
   */
  public ModelDevice resolved() {
    return Engines.concrete(this);
  }
}
