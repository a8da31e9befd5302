package dev.eddy.model;

/** The configured device is not there. */
public final class DeviceUnavailableException extends RuntimeException {
  /** Says which device was asked for and how many GPUs there are. */
  public DeviceUnavailableException(ModelDevice device, int gpus) {
    super(
        "device %s is not there: this host has %d GPU(s) that the engine can use; set auto, cpu or a lower number"
            .formatted(device.name(), gpus));
  }
}
