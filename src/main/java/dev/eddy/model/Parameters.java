package dev.eddy.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A network's parameters in native memory, by name. All of them are attached to one manager that
 * lives as long as this object and takes no others. An instance belongs to one thread.
 */
public final class Parameters implements AutoCloseable {
  private final NDManager manager;
  private final Map<String, NDArray> arrays = new TreeMap<>();

  private Parameters(Tensors tensors, NDManager manager, boolean trainable) {
    this.manager = manager;
    for (String name : tensors.names()) {
      Tensor tensor = tensors.get(name);
      long[] shape = Arrays.stream(tensor.shape()).asLongStream().toArray();
      NDArray array;
      try (NDArray copied = manager.create(FloatBuffer.wrap(tensor.values()), new Shape(shape))) {
        // The copy lies in a Java buffer of any alignment, the duplicate in the engine's own
        // memory. Matrix products round differently by alignment, so weights would not repeat.
        array = copied.duplicate();
      }
      array.setRequiresGradient(trainable);
      arrays.put(name, array);
    }
    if (!trainable) {
      // A stray result that joins the parameters' manager now throws instead of leaking.
      manager.cap();
    }
  }

  /** Copies tensors to a device for use without gradients; the caller closes. */
  public static Parameters forInference(Tensors tensors, ModelDevice device) {
    return copied(tensors, device, false);
  }

  /** Copies tensors to a device to be trained; the caller closes. */
  public static Parameters forTraining(Tensors tensors, ModelDevice device) {
    return copied(tensors, device, true);
  }

  private static Parameters copied(Tensors tensors, ModelDevice device, boolean trainable) {
    NDManager manager = Engines.newManager(device);
    try {
      return new Parameters(tensors, manager, trainable);
    } catch (RuntimeException e) { // a GPU is out of memory: what is copied must not stay there
      manager.close();
      throw e;
    }
  }

  /**
   * Returns one parameter, attached to the parameters' own manager.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public NDArray get(String name) {
    NDArray array = arrays.get(name);
    if (array == null) {
      throw new IllegalArgumentException(
          "parameter %s is missing; there are %s".formatted(name, arrays.keySet()));
    }
    return array;
  }

  /** Returns all parameters, in order of their names. */
  public Collection<NDArray> all() {
    return Collections.unmodifiableCollection(arrays.values());
  }

  /** Sets all gradients back to 0: for parameters that others learned through. */
  public void clearGradients() {
    for (NDArray array : arrays.values()) {
      PtNDArray gradient = JniUtils.getGradient((PtNDArray) array);
      if (gradient != null) {
        gradient.close();
        JniUtils.zeroGrad((PtNDArray) array);
      }
    }
  }

  /** Opens a manager for one call or one batch; the caller closes it. */
  public NDManager newCall() {
    Engines.prepareThread();
    return manager.newSubManager();
  }

  /** Returns how many arrays of native memory there are, those of open calls included. */
  public int managedArrays() {
    return manager.getManagedArrays().size();
  }

  /** Copies the parameters back to the heap. */
  public Tensors toTensors() {
    Map<String, Tensor> tensors = new TreeMap<>();
    arrays.forEach(
        (name, array) ->
            tensors.put(
                name,
                Tensor.of(
                    array.toFloatArray(),
                    Arrays.stream(array.getShape().getShape())
                        .mapToInt(Math::toIntExact)
                        .toArray())));
    return Tensors.of(tensors);
  }

  @Override
  public void close() {
    manager.close();
  }
}
