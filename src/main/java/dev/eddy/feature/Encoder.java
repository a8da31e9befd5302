package dev.eddy.feature;

import dev.eddy.definition.StreamDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns observations into rows of floats: fitted once by the trainer, shipped with the model,
 * immutable, safe for use by several threads.
 */
public final class Encoder {
  private Encoder() {}

  /** Learns medians, scales and categories from training observations. */
  public static Encoder fit(StreamDefinition definition, List<Observation> observations) {
    throw new IllegalStateException("under construction: " + definition + observations.size());
  }

  /** Reads encoder.json. */
  public static Encoder fromJson(StreamDefinition definition, byte[] json) {
    throw new IllegalStateException("under construction: " + definition + json.length);
  }

  /** Writes encoder.json. */
  public byte[] toJson() {
    throw new IllegalStateException("under construction");
  }

  /** Returns the width of a row. */
  public int width() {
    throw new IllegalStateException("under construction");
  }

  /** Returns the columns of a row: which source feature each cell comes from. */
  public List<EncodedColumn> columns() {
    throw new IllegalStateException("under construction");
  }

  /** Appends the observation as one row. */
  public void encode(Observation observation, FeatureMatrix target) {
    throw new IllegalStateException("under construction: " + observation + target.rows());
  }

  /**
   * Says in source units what a row holds for a feature.
   *
   * @param feature place of the feature among all features of the definition
   * @return null where the row says that the value is missing
   */
  public @Nullable String decode(int feature, float[] row) {
    throw new IllegalStateException("under construction: " + feature + row.length);
  }
}
