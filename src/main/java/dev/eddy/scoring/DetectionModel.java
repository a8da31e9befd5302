package dev.eddy.scoring;

import dev.eddy.feature.Encoder;
import dev.eddy.model.ModelDevice;
import java.util.Map;

/**
 * A trained ensemble: encoder, parts, calibration and fusion, all on the heap. Immutable; safe for
 * use by several threads, each of which opens a {@link Scorer} of its own.
 */
public final class DetectionModel {
  private DetectionModel() {}

  /** Reads a model from the files of its artifact. */
  public static DetectionModel fromParts(Encoder encoder, Map<String, byte[]> parts) {
    throw new IllegalStateException("under construction: " + encoder.width() + parts.keySet());
  }

  /** Returns the files of its artifact, by name; encoder.json is not among them. */
  public Map<String, byte[]> parts() {
    throw new IllegalStateException("under construction");
  }

  /** Returns the encoder that its rows come from. */
  public Encoder encoder() {
    throw new IllegalStateException("under construction");
  }

  /** Opens a scorer on a device; the caller closes it. */
  public Scorer open(ModelDevice device) {
    throw new IllegalStateException("under construction: " + device);
  }
}
