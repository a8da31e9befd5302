package dev.eddy.model;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parameters on a device, with a way back: when a GPU fails in a call, the parameters move to the
 * CPU for good and the call is done again there. An instance belongs to one thread.
 */
public final class Session implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);

  private final DeviceListener listener;
  private final Function<ModelDevice, Parameters> opener;
  private ModelDevice device;
  private Parameters parameters;

  /** Work of one call. */
  @FunctionalInterface
  public interface Call<T> {
    /**
     * Does the work; may be called a second time for the same call.
     *
     * @param parameters on the device of the moment
     * @param call takes every array of this call, and frees them when it returns
     */
    T on(Parameters parameters, NDManager call);
  }

  /**
   * Copies the parameters to a device.
   *
   * @throws DeviceUnavailableException if the device names a GPU that is not there
   */
  public Session(Tensors tensors, ModelDevice device, DeviceListener listener) {
    this(Engines.concrete(device), listener, d -> Parameters.forInference(tensors, d));
  }

  Session(ModelDevice device, DeviceListener listener, Function<ModelDevice, Parameters> opener) {
    this.device = device;
    this.listener = listener;
    this.opener = opener;
    this.parameters = open();
  }

  /**
   * Does one call's work and frees what it made.
   *
   * @throws EngineFailedException if the engine fails on the CPU
   */
  public <T> T call(Call<T> work) {
    try {
      return once(work);
    } catch (EngineException e) {
      if (device.equals(ModelDevice.CPU)) {
        throw new EngineFailedException("the tensor engine failed on the CPU", e);
      }
      fallBack(e);
      return call(work);
    }
  }

  private <T> T once(Call<T> work) {
    try (NDManager call = parameters.newCall()) {
      return work.on(parameters, call);
    }
  }

  private Parameters open() {
    try {
      return opener.apply(device);
    } catch (EngineException e) {
      if (device.equals(ModelDevice.CPU)) {
        throw new EngineFailedException("the tensor engine could not take a network", e);
      }
      listener.fellBack(device, e);
      device = ModelDevice.CPU;
      return opener.apply(device);
    }
  }

  private void fallBack(EngineException reason) {
    Parameters failed = parameters;
    ModelDevice from = device;
    device = ModelDevice.CPU;
    parameters = open();
    listener.fellBack(from, reason);
    try {
      failed.close();
    } catch (EngineException e) {
      // A lost device cannot free its memory either; it is gone with the device.
      LOG.atWarn()
          .setCause(e)
          .addKeyValue("device", from.name())
          .log("could not free a lost device");
    }
  }

  /** Returns where the parameters are now: {@code cpu} or {@code gpu:N}. */
  public ModelDevice device() {
    return device;
  }

  /** Returns how many arrays of native memory there are. */
  public int managedArrays() {
    return parameters.managedArrays();
  }

  @Override
  public void close() {
    parameters.close();
  }
}
