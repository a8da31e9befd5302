package dev.eddy.model;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Function;

/** Loads the tensor engine once a process and gives out managers of native memory. */
public final class Engines {
  private static final String NO_TRACKING = "OPT_OUT_TRACKING";
  private static final String THREADS = "ai.djl.pytorch.num_threads";

  private Engines() {}

  /**
   * Returns a manager of its own for a device; who asks closes it.
   *
   * @throws DeviceUnavailableException if the device names a GPU that is not there
   */
  public static NDManager newManager(ModelDevice device) {
    return engine().newBaseManager(resolve(device));
  }

  /**
   * Returns the device that a name stands for: {@code auto} is the first GPU, or the CPU where
   * there is none.
   *
   * @throws DeviceUnavailableException if it names a GPU that is not there
   */
  static Device resolve(ModelDevice device) {
    if (device.name().equals("cpu")) {
      return Device.cpu();
    }
    int gpus = engine().getGpuCount();
    if (device.name().equals("auto")) {
      return gpus > 0 ? Device.gpu(0) : Device.cpu();
    }
    int index = Integer.parseInt(device.name().substring("gpu:".length()));
    if (index >= gpus) {
      throw new DeviceUnavailableException(device, gpus);
    }
    return Device.gpu(index);
  }

  /**
   * Runs work that can be done again from the start, on the CPU if a GPU fails in it.
   *
   * @throws EngineFailedException if the engine fails on the CPU
   * @throws DeviceUnavailableException if the device names a GPU that is not there
   */
  public static <T> T run(
      ModelDevice device, DeviceListener listener, Function<ModelDevice, T> work) {
    return retry(concrete(device), listener, work);
  }

  static <T> T retry(ModelDevice device, DeviceListener listener, Function<ModelDevice, T> work) {
    try {
      return work.apply(device);
    } catch (EngineException e) {
      if (device.equals(ModelDevice.CPU)) {
        throw new EngineFailedException("the tensor engine failed on the CPU", e);
      }
      listener.fellBack(device, e);
      return retry(ModelDevice.CPU, listener, work);
    }
  }

  /** Returns the device without {@code auto}. */
  static ModelDevice concrete(ModelDevice device) {
    Device resolved = resolve(device);
    return resolved.isGpu() ? new ModelDevice("gpu:" + resolved.getDeviceId()) : ModelDevice.CPU;
  }

  /**
   * Makes the calling thread keep to the engine's number of threads. The engine sets it for a
   * thread when that thread first asks; until then matrix products there use all cores, which is
   * slower for small ones, and rounds differently.
   */
  static void prepareThread() {
    JniUtils.getNumThreads();
  }

  private static Engine engine() {
    // The engine reports its use to its maker unless told not to; it looks when it loads.
    setIfAbsent(NO_TRACKING, "true");
    // Each stream thread scores on its own, and networks of this size gain nothing from more.
    setIfAbsent(THREADS, "1");
    return Engine.getEngine("PyTorch");
  }

  private static void setIfAbsent(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
