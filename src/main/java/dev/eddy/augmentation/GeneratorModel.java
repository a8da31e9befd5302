package dev.eddy.augmentation;

import dev.eddy.definition.StreamDefinition;
import dev.eddy.model.ModelDevice;
import java.util.List;
import java.util.Map;

/**
 * A trained class-conditional generator with the gate's verdict on it, on the heap. Immutable; safe
 * for use by several threads, each of which opens a {@link Generator} of its own.
 */
public final class GeneratorModel {
  private GeneratorModel() {}

  /** Reads a generator from the files of an artifact. */
  public static GeneratorModel fromParts(StreamDefinition definition, Map<String, byte[]> parts) {
    throw new IllegalStateException("under construction: " + definition + parts.keySet());
  }

  /** Returns the files of its artifact, by name. */
  public Map<String, byte[]> parts() {
    throw new IllegalStateException("under construction");
  }

  /** Returns the classes that it was trained on. */
  public List<String> classes() {
    throw new IllegalStateException("under construction");
  }

  /** Returns what the gate found when it was trained. */
  public GateReport gate() {
    throw new IllegalStateException("under construction");
  }

  /** Opens a generator on a device; the caller closes it. */
  public Generator open(ModelDevice device) {
    throw new IllegalStateException("under construction: " + device);
  }
}
